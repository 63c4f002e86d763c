#!/usr/bin/python
from ansible.module_utils._text import to_nativ
from ansible.module_utils.basic import AnsibleModule

AnsibleModule({}).exit_json(got=to_nativ("1.0"))

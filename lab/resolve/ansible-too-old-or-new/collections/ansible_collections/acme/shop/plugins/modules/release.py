#!/usr/bin/python
from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.future_only import anything

AnsibleModule({}).exit_json(got=str(anything))

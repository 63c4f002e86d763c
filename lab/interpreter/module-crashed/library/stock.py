from ansible.module_utils.basic import AnsibleModule

module = AnsibleModule(argument_spec={"shelf": {"type": "str"}})
module.exit_json(changed=False, items={"a": 41}[module.params["shelf"]])

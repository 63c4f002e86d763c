chown root group_vars/web.yml; chmod 600 group_vars/web.yml

"""Names that Ansible and its best known collections have, for what was written with a slip. Data only.

Sources: lib/ansible/modules and plugins/filter of ansible-core 2.16 to 2.21, config/ansible_builtin_runtime.yml of
2.21 (where what left core in 2.10 went to), playbook/*.py for the keywords.
"""

from __future__ import annotations

CORE = frozenset(
    "add_host apt apt_key apt_repository assemble assert async_status blockinfile command copy cron deb822_repository "
    "debconf debug dnf dnf5 dpkg_selections expect fail fetch file find gather_facts get_url getent git group "
    "group_by hostname import_playbook import_role import_tasks include_role include_tasks include_vars iptables "
    "known_hosts lineinfile meta mount_facts package package_facts pause ping pip raw reboot replace rpm_key script "
    "service service_facts set_fact set_stats setup shell slurp stat subversion systemd systemd_service sysvinit "
    "tempfile template unarchive uri user validate_argument_spec wait_for wait_for_connection yum "
    "yum_repository".split()
)
"""The modules of ansible-core; yum is a second name of dnf since 2.17."""

SINCE = {"deb822_repository": "2.15", "dnf5": "2.15", "systemd_service": "2.14", "mount_facts": "2.18"}
"""Modules that an older ansible-core does not have, with the first that does."""

OTHER_WORDS = {"systemctl": "systemd", "apt_get": "apt", "apt-get": "apt", "sh": "shell", "print": "debug"}
"""What people call a module of ansible-core whose name looks quite different."""

LEFT: dict[str, str] = {
    name: collection
    for collection, names in {
        "ansible.posix": "acl at authorized_key firewalld mount patch seboolean selinux synchronize sysctl",
        "ansible.windows": (
            "win_acl win_certificate_store win_command win_copy win_dns_client win_domain win_environment win_feature "
            "win_file win_find win_get_url win_group win_hostname win_package win_path win_ping win_powershell "
            "win_reboot win_regedit win_service win_share win_shell win_stat win_template win_updates win_uri win_user "
            "win_wait_for win_whoami"
        ),
        "community.windows": "win_firewall win_firewall_rule win_iis_website win_scheduled_task win_timezone win_unzip",
        "community.docker": (
            "docker_compose docker_compose_v2 docker_container docker_container_info docker_host_info docker_image "
            "docker_login docker_network docker_prune docker_stack docker_swarm docker_swarm_service docker_volume"
        ),
        "community.mysql": "mysql_db mysql_info mysql_query mysql_replication mysql_user mysql_variables",
        "community.postgresql": (
            "postgresql_db postgresql_ext postgresql_info postgresql_ping postgresql_pg_hba postgresql_privs "
            "postgresql_query postgresql_schema postgresql_table postgresql_user"
        ),
        "community.mongodb": "mongodb_user mongodb_replicaset",
        "community.rabbitmq": "rabbitmq_exchange rabbitmq_plugin rabbitmq_queue rabbitmq_user rabbitmq_vhost",
        "community.zabbix": "zabbix_group zabbix_host zabbix_template",
        "community.grafana": "grafana_dashboard grafana_datasource",
        "community.crypto": (
            "acme_certificate openssh_keypair openssl_csr openssl_dhparam openssl_pkcs12 openssl_privatekey "
            "openssl_publickey x509_certificate"
        ),
        "community.vmware": "vmware_guest vmware_guest_info vmware_host_facts vmware_vm_info",
        "containers.podman": "podman_container podman_image podman_network podman_pod podman_volume",
        "kubernetes.core": "helm helm_repository k8s k8s_exec k8s_info k8s_scale k8s_service",
        "amazon.aws": "ec2_group ec2_instance ec2_key ec2_vol ec2_vpc_net ec2_vpc_subnet s3_bucket s3_object",
        "azure.azcollection": "azure_rm_resourcegroup azure_rm_virtualmachine azure_rm_virtualnetwork",
        "google.cloud": "gcp_compute_instance gcp_compute_network gcp_storage_bucket",
        "cisco.ios": "ios_command ios_config ios_facts",
        "cisco.nxos": "nxos_command nxos_config nxos_facts",
        "arista.eos": "eos_command eos_config eos_facts",
        "junipernetworks.junos": "junos_command junos_config junos_facts",
        "community.general": (
            "aix_lvg alternatives apk archive bower capabilities composer cpanm dconf django_manage filesystem flatpak "
            "gem git_config gitlab_project gitlab_user haproxy homebrew homebrew_cask htpasswd ini_file "
            "interfaces_file "
            "ipa_user java_cert java_keystore jenkins_job jenkins_plugin jira keycloak_client ldap_attrs ldap_entry "
            "locale_gen lvg lvol lxc_container mail make maven_artifact modprobe monit nagios nmcli npm opkg pacman "
            "pam_limits parted pipx proxmox rax redis redis_data redhat_subscription sefcontext seport slack snap "
            "ssh_config sudoers telegram terraform timezone ufw xfs_quota xml yarn zfs zypper zypper_repository"
        ),
    }.items()
    for name in names.split()
}
"""Modules that no ansible-core since 2.10 has, each with the collection that has it now."""

FILTERS = frozenset(
    "b64decode b64encode basename bool checksum combinations combine comment commonpath dict2items difference dirname "
    "expanduser expandvars extract fileglob flatten from_json from_yaml from_yaml_all hash human_readable "
    "human_to_bytes intersect items2dict log mandatory md5 normpath password_hash path_join permutations pow product "
    "quote random realpath regex_escape regex_findall regex_replace regex_search rekey_on_member relpath root sha1 "
    "shuffle split splitext strftime subelements symmetric_difference ternary to_datetime to_json to_nice_json "
    "to_nice_yaml to_uuid to_yaml type_debug union unique unvault urldecode urlsplit vault win_basename win_dirname "
    "win_splitdrive zip zip_longest abs attr batch capitalize center count default dictsort escape filesizeformat "
    "first float forceescape format groupby indent int items join last length list lower map max min pprint reject "
    "rejectattr replace reverse round safe select selectattr slice sort string striptags sum title tojson trim "
    "truncate upper urlencode urlize wordcount wordwrap xmlattr".split()
)
"""The filters of ansible-core and of Jinja2 itself."""

LEFT_FILTERS: dict[str, str] = {
    **dict.fromkeys(
        (
            "json_query random_mac counter crc32 dict_kv from_csv from_ini to_ini groupby_as_dict hashids_decode "
            "hashids_encode jc lists_mergeby lists_difference lists_intersect lists_union remove_keys replace_keys "
            "reveal_ansible_type to_days to_hours to_minutes to_seconds to_time_unit unicode_normalize version_sort"
        ).split(),
        "community.general",
    ),
    **dict.fromkeys(
        (
            "ipaddr ipv4 ipv6 ipmath ipsubnet ipwrap ip4_hex cidr_merge nthhost next_nth_usable previous_nth_usable "
            "network_in_network network_in_usable reduce_on_network slaac hwaddr from_xml to_xml to_paths get_path "
            "index_of validate keep_keys usable_range"
        ).split(),
        "ansible.utils",
    ),
    **dict.fromkeys(
        "parse_cli parse_cli_textfsm parse_xml type5_pw hash_salt comp_type5 vlan_parser".split(), "ansible.netcommon"
    ),
}
"""Filters that ansible-core has lost or never had, with the collection that has them (those for addresses went on
from ansible.netcommon to ansible.utils)."""

SAME_OPTION: dict[str, str] = {
    "permission": "mode", "permissions": "mode", "perm": "mode", "chmod": "mode", "user": "owner", "username": "name",
    "source": "src", "from": "src", "destination": "dest", "dst": "dest", "target": "dest", "to": "dest",
    "package": "name", "pkg": "name", "packages": "name", "service": "name", "filename": "path", "file": "path",
    "directory": "path", "dir": "path", "folder": "path", "message": "msg", "text": "content", "command": "cmd",
    "extra_args": "args", "recursive": "recurse", "sha256": "checksum", "status": "state", "enable": "enabled",
    "cwd": "chdir", "backups": "backup", "update_cache_valid_time": "cache_valid_time", "remote": "remote_src",
}  # fmt: skip
"""What people call an option that a module has under quite another name."""

SAME_CHOICE: dict[str, str] = {
    "folder": "directory", "dir": "directory", "running": "started", "start": "started", "up": "started",
    "stop": "stopped", "restart": "restarted", "reload": "reloaded", "installed": "present", "install": "present",
    "exists": "present", "exist": "present", "removed": "absent", "remove": "absent", "deleted": "absent",
    "delete": "absent", "uninstalled": "absent", "symlink": "link", "hardlink": "hard", "update": "latest",
    "upgraded": "latest", "newest": "latest", "enable": "enabled", "disable": "disabled",
}  # fmt: skip
"""What people call a state that a module has under another word."""

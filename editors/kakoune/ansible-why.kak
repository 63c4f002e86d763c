# Kakoune with kakoune-lsp: source this from your kakrc, after kakoune-lsp.

hook -group lsp-ansible-why global BufSetOption filetype=yaml %{
    set-option -add buffer lsp_servers %{
        [ansible-why]
        root_globs = ["ansible.cfg", "galaxy.yml", ".git"]
        command = "ansible-why"
        args = ["lsp"]
    }
}

# :ansible-why answers for the selection: an error text, as Ansible printed it.
define-command ansible-why -docstring "look up the selected Ansible failure" %{
    info -style modal -title ansible-why %sh{ printf %s "$kak_selection" | ansible-why lookup }
}

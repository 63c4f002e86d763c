-- ansible-why in Neovim 0.7 and newer. Put this folder on the runtimepath, or this file into ~/.config/nvim/plugin/.
--
-- :AnsibleWhy       looks up the selected lines (an error text, or tasks)
-- settings:         vim.g.ansible_why = { cmd = { "ansible-why", "lsp" }, inlayHints = true, watch = { "ansible.log" } }

local given = vim.g.ansible_why or {}
local command = given.cmd or { "ansible-why", "lsp" }
local filetypes = { "yaml", "yaml.ansible", "ansible" }
local markers = { "ansible.cfg", "galaxy.yml", ".git" }
local options = { inlayHints = given.inlayHints, watch = given.watch }
local handlers = {}

-- Opens a page that the server wants to be seen; newer Neovim does so by itself.
if not vim.lsp.handlers["window/showDocument"] then
  handlers["window/showDocument"] = function(_, params)
    vim.cmd("pedit " .. vim.fn.fnameescape(vim.uri_to_fname(params.uri)))
    return { success = true }
  end
end

local function capabilities()
  local able = vim.lsp.protocol.make_client_capabilities()
  able.window = able.window or {}
  able.window.showDocument = { support = true }
  return able
end

local function root_of(path)
  local folder = vim.fn.fnamemodify(path, ":p:h")
  for _, marker in ipairs(markers) do
    local found = vim.fn.findfile(marker, folder .. ";")
    found = found ~= "" and found or vim.fn.finddir(marker, folder .. ";")
    if found ~= "" then
      return vim.fn.fnamemodify(found, ":p:h" .. (vim.fn.isdirectory(found) == 1 and ":h" or ""))
    end
  end
  return folder
end

local clients = {}

local function attach(buffer)
  local root = root_of(vim.api.nvim_buf_get_name(buffer))
  if not clients[root] then
    clients[root] = vim.lsp.start_client({
      name = "ansible-why",
      cmd = command,
      root_dir = root,
      workspace_folders = { { uri = vim.uri_from_fname(root), name = root } },
      init_options = options,
      capabilities = capabilities(),
      handlers = handlers,
      on_exit = function()
        clients[root] = nil
      end,
    })
  end
  vim.lsp.buf_attach_client(buffer, clients[root])
end

if vim.lsp.config then
  vim.lsp.config("ansible-why", {
    cmd = command,
    filetypes = filetypes,
    root_markers = markers,
    init_options = options,
    capabilities = capabilities(),
  })
  vim.lsp.enable("ansible-why")
else
  vim.api.nvim_create_autocmd("FileType", {
    pattern = filetypes,
    callback = function(event)
      attach(event.buf)
    end,
  })
end

local function show(markdown)
  vim.lsp.util.open_floating_preview(vim.split(markdown, "\n"), "markdown", { max_width = 100 })
end

vim.api.nvim_create_user_command("AnsibleWhy", function(asked)
  local lines = vim.api.nvim_buf_get_lines(0, asked.line1 - 1, asked.line2, false)
  local answer = vim.fn.system({ command[1], "lookup" }, lines)
  show(answer)
end, { range = true, desc = "look up an Ansible failure" })

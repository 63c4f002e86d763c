import * as vscode from "vscode";
import { LanguageClient, type Executable } from "vscode-languageclient/node";
import { Causes } from "./causes";

let client: LanguageClient | undefined;

/** What `ansible-why.diagnose` answers; the failures are as `ansible-why diagnose --format json` has them. */
interface Answer {
  verdict: string;
  markdown: string;
}

/** Starts the language server and adds the commands and the view. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(
    vscode.commands.registerCommand("ansible-why.lookUp", lookUpSelection),
    vscode.commands.registerCommand("ansible-why.lookUpClipboard", async () =>
      lookUp({ text: await vscode.env.clipboard.readText() }),
    ),
    vscode.commands.registerCommand("ansible-why.restart", restart),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration("ansible-why.command")) await restart();
    }),
    ...Causes.register(),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

async function start(): Promise<void> {
  const settings = vscode.workspace.getConfiguration("ansible-why");
  const [command = "ansible-why", ...args] = settings.get<string[]>("command", []);
  const server: Executable = { command, args };
  client = new LanguageClient("ansible-why", server, {
    documentSelector: ["ansible", "yaml"].map((language) => ({ language })),
    initializationOptions: settings,
    synchronize: { configurationSection: "ansible-why" },
  });
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    await offerHelp(command, error);
  }
}

async function restart(): Promise<void> {
  await client?.stop();
  await start();
}

async function offerHelp(command: string, error: unknown): Promise<void> {
  const words = `"${command}" cannot be started (${String(error)}). Install it with: pip install 'ansible-why[lsp]'`;
  const chosen = await vscode.window.showErrorMessage(words, "Settings");
  if (chosen) await vscode.commands.executeCommand("workbench.action.openSettings", "ansible-why.command");
}

async function lookUpSelection(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor || !client) return;
  const range = client.code2ProtocolConverter.asRange(editor.selection);
  await lookUp({ uri: editor.document.uri.toString(), range, text: editor.document.getText(editor.selection) });
}

/** Asks the server, which opens the answer as a document by itself. */
async function lookUp(asked: object): Promise<Answer | undefined> {
  return client?.sendRequest<Answer>("workspace/executeCommand", {
    command: "ansible-why.diagnose",
    arguments: [asked],
  });
}

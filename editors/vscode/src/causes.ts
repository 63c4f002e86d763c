import * as vscode from "vscode";

type Place = [vscode.Uri, vscode.Diagnostic];
type Item = string | Place;

/** The view of causes: all findings of the open files by their cause. */
export class Causes implements vscode.TreeDataProvider<Item> {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private found = new Map<string, Place[]>();

  /** Makes the view; what it returns is to be disposed of. */
  static register(): vscode.Disposable[] {
    const causes = new Causes();
    causes.read();
    return [
      vscode.window.registerTreeDataProvider("ansible-why.causes", causes),
      vscode.languages.onDidChangeDiagnostics(() => causes.read()),
    ];
  }

  getChildren(item?: Item): Item[] {
    if (item === undefined) return [...this.found.keys()].sort();
    return typeof item === "string" ? (this.found.get(item) ?? []) : [];
  }

  getTreeItem(item: Item): vscode.TreeItem {
    if (typeof item === "string") {
      const row = new vscode.TreeItem(item, vscode.TreeItemCollapsibleState.Expanded);
      row.description = String(this.found.get(item)?.length ?? 0);
      return row;
    }
    const [uri, finding] = item;
    const row = new vscode.TreeItem(finding.message);
    row.description = `${vscode.workspace.asRelativePath(uri)}:${finding.range.start.line + 1}`;
    row.command = { command: "vscode.open", title: "Open", arguments: [uri, { selection: finding.range }] };
    return row;
  }

  private read(): void {
    this.found = new Map();
    for (const [uri, findings] of vscode.languages.getDiagnostics()) {
      for (const finding of findings) {
        if (!finding.source?.startsWith("ansible-why")) continue;
        const name = codeOf(finding);
        this.found.set(name, [...(this.found.get(name) ?? []), [uri, finding]]);
      }
    }
    void vscode.commands.executeCommand("setContext", "ansible-why.found", this.found.size > 0);
    this.changed.fire();
  }
}

function codeOf(finding: vscode.Diagnostic): string {
  const code = typeof finding.code === "object" ? finding.code.value : finding.code;
  return String(code ?? "a failure without a known cause");
}

// What a tree holds, and which of its rows are on show.

export interface TreeNode {
  id: string
  label: string
  detail?: string | undefined
  /** Undefined: not known yet, asked for when opened. Empty: a leaf. */
  children?: TreeNode[] | undefined
  /** True where children exist that are not loaded yet. */
  hasMore?: boolean | undefined
}

export interface TreeRow {
  node: TreeNode
  level: number
  parent: string | null
  position: number
  size: number
}

/** The rows on show, top to bottom, given which nodes are open. */
export function rowsOf(nodes: TreeNode[], open: ReadonlySet<string>, level = 1, parent: string | null = null): TreeRow[] {
  return nodes.flatMap((node, index) => [
    { node, level, parent, position: index + 1, size: nodes.length },
    ...(open.has(node.id) ? rowsOf(node.children ?? [], open, level + 1, node.id) : []),
  ])
}

/** True where a node can be opened. */
export function canOpen(node: TreeNode): boolean {
  return node.hasMore === true || (node.children?.length ?? 0) > 0
}

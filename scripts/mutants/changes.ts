// The small wrong changes that can be made to a source file: operators, constants, conditions, branches, SQL text, array methods, optional parts.
import ts from 'typescript'

/** One change of a file's text. */
export interface Change {
  file: string
  start: number
  end: number
  text: string
  kind: string
  line: number
}

const operators: Partial<Record<ts.SyntaxKind, string[]>> = {
  [ts.SyntaxKind.LessThanToken]: ['<=', '>'],
  [ts.SyntaxKind.LessThanEqualsToken]: ['<'],
  [ts.SyntaxKind.GreaterThanToken]: ['>=', '<'],
  [ts.SyntaxKind.GreaterThanEqualsToken]: ['>'],
  [ts.SyntaxKind.EqualsEqualsEqualsToken]: ['!=='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken]: ['==='],
  [ts.SyntaxKind.PlusToken]: ['-'],
  [ts.SyntaxKind.MinusToken]: ['+'],
  [ts.SyntaxKind.AsteriskToken]: ['/'],
  [ts.SyntaxKind.SlashToken]: ['*'],
  [ts.SyntaxKind.PercentToken]: ['*'],
  [ts.SyntaxKind.AmpersandAmpersandToken]: ['||'],
  [ts.SyntaxKind.BarBarToken]: ['&&'],
  [ts.SyntaxKind.PlusEqualsToken]: ['-='],
  [ts.SyntaxKind.InKeyword]: [],
}

const methods = new Map<string, string[]>(
  Object.entries({
    some: ['every'],
    every: ['some'],
    find: ['findLast'],
    findLast: ['find'],
    findIndex: ['findLastIndex'],
    flatMap: ['toReversed().flatMap'],
    map: ['toReversed().map'],
    filter: ['slice(0, 1).filter'],
    max: ['min'],
    min: ['max'],
    startsWith: ['endsWith'],
    endsWith: ['startsWith'],
    unshift: ['push'],
    push: ['unshift'],
    toSorted: ['toReversed().toSorted'],
    values: ['keys'],
    keys: ['values'],
  }),
)

/** Words of SQL and what they are changed to; where none stands in a text, its first word is left out. */
const sqlWords: [RegExp, string][] = [
  [/ and /, ' or '],
  [/ or /, ' and '],
  [/ is not null/, ' is null'],
  [/ is null/, ' is not null'],
  [/ >= /, ' > '],
  [/ <= /, ' < '],
  [/ = /, ' <> '],
  [/ < /, ' <= '],
  [/ > /, ' >= '],
  [/ left join /, ' join '],
  [/ desc\b/, ' asc'],
  [/\bsum\(/, 'max('],
  [/\bmax\(/, 'min('],
  [/\bmin\(/, 'max('],
  [/\bgreatest\(/, 'least('],
  [/\bleast\(/, 'greatest('],
  [/\bround\(/, 'trunc('],
  [/\bceil\(/, 'floor('],
  [/\bfloor\(/, 'ceil('],
  [/\bcoalesce\(/, 'nullif('],
  [/\bdistinct /, ''],
  [/\bpartition by /, 'order by '],
  [/\bnot /, ''],
]

/** Every change that the file allows, in the order of its text. */
export function changesOf(file: string, text: string): Change[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const changes: Change[] = []
  const add = (kind: string, node: { getStart: () => number; getEnd: () => number }, replacement: string): void => {
    const start = node.getStart()
    changes.push({ file, start, end: node.getEnd(), text: replacement, kind, line: source.getLineAndCharacterOfPosition(start).line + 1 })
  }
  const span = (kind: string, start: number, end: number, replacement: string): void => {
    changes.push({ file, start, end, text: replacement, kind, line: source.getLineAndCharacterOfPosition(start).line + 1 })
  }
  const visit = (node: ts.Node): void => {
    if (
      ts.isImportDeclaration(node) ||
      ts.isExportDeclaration(node) ||
      ts.isTypeNode(node) ||
      ts.isInterfaceDeclaration(node) ||
      ts.isTypeAliasDeclaration(node)
    )
      return
    operatorChanges(node, add)
    constantChanges(node, add, span)
    branchChanges(node, add, span)
    listChanges(node, add, span)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return changes
}

type Add = (kind: string, node: ts.Node, replacement: string) => void
type Span = (kind: string, start: number, end: number, replacement: string) => void

function operatorChanges(node: ts.Node, add: Add): void {
  if (ts.isBinaryExpression(node)) {
    for (const other of operators[node.operatorToken.kind] ?? []) add('operator', node.operatorToken, other)
    if (node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken) {
      add('default taken', node, node.right.getText())
      add('default dropped', node, node.left.getText())
    }
  }
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) add('not dropped', node, node.operand.getText())
  if (ts.isPropertyAccessExpression(node) && ts.isCallExpression(node.parent) && node.parent.expression === node)
    for (const other of methods.get(node.name.text) ?? []) add('method', node.name, other)
}

function constantChanges(node: ts.Node, add: Add, span: Span): void {
  if (ts.isNumericLiteral(node)) add('number', node, String(Number(node.text.replaceAll('_', '')) + 1))
  if (node.kind === ts.SyntaxKind.TrueKeyword) add('boolean', node, 'false')
  if (node.kind === ts.SyntaxKind.FalseKeyword) add('boolean', node, 'true')
  if (node.kind === ts.SyntaxKind.NullKeyword && !ts.isLiteralTypeNode(node.parent)) add('null', node, 'undefined')
  if (ts.isStringLiteral(node) && !ts.isLiteralTypeNode(node.parent)) add('text', node, node.text === '' ? "'other'" : "''")
  if (ts.isRegularExpressionLiteral(node)) add('expression', node, '/(?!)/g')
  if (ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node)) {
    const raw = node.getText()
    const end = raw.endsWith('`') ? 1 : 2
    const inner = raw.slice(1, raw.length - end)
    const at = node.getStart() + 1
    const known = sqlWords.filter(([word]) => word.test(inner))
    for (const [word, other] of known) span('SQL text', at, at + inner.length, inner.replace(word, other))
    const [first] = /\S+\s?/.exec(inner) ?? []
    if (known.length === 0 && first !== undefined) span('SQL text', at, at + inner.length, inner.replace(first, ''))
  }
}

function branchChanges(node: ts.Node, add: Add, span: Span): void {
  if (ts.isIfStatement(node)) {
    add('condition negated', node.expression, `!(${node.expression.getText()})`)
    if (node.elseStatement === undefined) add('branch removed', node, '')
    else {
      add('branch removed', node.thenStatement, '{}')
      add('branch removed', node.elseStatement, '{}')
    }
  }
  if (ts.isConditionalExpression(node)) {
    add('condition negated', node.condition, `!(${node.condition.getText()})`)
    add('branch taken', node, node.whenTrue.getText())
    add('branch taken', node, node.whenFalse.getText())
  }
  if (ts.isExpressionStatement(node)) add('statement removed', node, '')
  if (ts.isReturnStatement(node) && node.expression !== undefined && ts.isBlock(node.parent)) span('early return', node.getStart(), node.getStart(), 'return;')
  if (ts.isBlock(node) && ts.isFunctionDeclaration(node.parent) && node.statements.length > 1) {
    const [first] = node.statements
    if (first !== undefined && !ts.isReturnStatement(first)) span('early return', first.getStart(), first.getStart(), 'if (Date.now() > 0) return;\n')
  }
}

function listChanges(node: ts.Node, add: Add, span: Span): void {
  const drop = (kind: string, list: ts.NodeArray<ts.Node>): void => {
    for (const [index, one] of list.entries()) {
      const next = list[index + 1]
      const before = list[index - 1]
      if (next !== undefined) span(kind, one.getStart(), next.getStart(), '')
      else span(kind, before === undefined ? one.getStart() : before.getEnd(), one.getEnd(), '')
    }
  }
  if (ts.isObjectLiteralExpression(node)) drop('part dropped', node.properties)
  if (ts.isArrayLiteralExpression(node)) drop('part dropped', node.elements)
  const last = ts.isCallExpression(node) ? node.arguments.at(-1) : undefined
  if (ts.isCallExpression(node) && last !== undefined) {
    const before = node.arguments.at(-2)
    span('argument dropped', before === undefined ? last.getStart() : before.getEnd(), last.getEnd(), '')
  }
  if (ts.isCaseClause(node) && node.statements.length > 0 && node.parent.clauses.length > 1) add('branch removed', node, '')
}

// A sheet's Markdown → blocks of text with figure marks. Only headings, paragraphs, lists, quotes and bold text are read; nothing becomes HTML.
import { marked, type Token, type Tokens } from 'marked'
import type { Block, Inline } from './answers.contract.ts'

export interface ParsedSheet {
  blocks: Block[]
  /** What can't be read, with its line. */
  problems: { line: number; message: string }[]
  /** Keys of the figures it marks, in order, each once. */
  keys: string[]
}

const mark = /\{\{([^{}]*)\}\}/

/** Parses a sheet. Its `{{key}}` marks become inlines of kind `figure`. */
export function parseSheet(text: string): ParsedSheet {
  const blocks: Block[] = []
  const problems: ParsedSheet['problems'] = []
  const keys = new Set<string>()
  let line = 1
  const inlinesOf = (tokens: Token[], kind: 'text' | 'strong' = 'text'): Inline[] =>
    tokens.flatMap((token): Inline[] => {
      if (token.type === 'strong') return inlinesOf((token as Tokens.Strong).tokens, 'strong')
      if (token.type === 'br') return [{ kind, text: '\n' }]
      if (token.type !== 'text' && token.type !== 'escape') {
        problems.push({ line, message: `a sheet holds text, bold text and figure marks, not \`${token.raw.slice(0, 40)}\`` })
        return []
      }
      const nested = (token as Tokens.Text).tokens
      return nested === undefined ? marksOf(token.type === 'escape' ? (token as Tokens.Escape).text : token.raw, kind) : inlinesOf(nested, kind)
    })
  const marksOf = (piece: string, kind: 'text' | 'strong'): Inline[] =>
    piece.split(mark).flatMap((part, index): Inline[] => {
      if (index % 2 === 0) return part === '' ? [] : [{ kind, text: part }]
      keys.add(part.trim())
      return [{ kind: 'figure', text: part.trim() }]
    })
  for (const token of marked.lexer(text)) {
    if (token.type === 'heading') blocks.push({ kind: 'heading', level: Math.min((token as Tokens.Heading).depth, 3), inlines: inlinesOf(token.tokens ?? []) })
    else if (token.type === 'paragraph') blocks.push({ kind: 'paragraph', inlines: inlinesOf(token.tokens ?? []) })
    else if (token.type === 'blockquote') {
      const inner = (token as Tokens.Blockquote).tokens.filter((one) => one.type === 'paragraph') as Tokens.Paragraph[]
      blocks.push(...inner.map((one): Block => ({ kind: 'note', inlines: inlinesOf(one.tokens) })))
    } else if (token.type === 'list') blocks.push({ kind: 'list', items: (token as Tokens.List).items.map((item) => inlinesOf(item.tokens)) })
    else if (token.type !== 'space' && token.type !== 'hr') problems.push({ line, message: `a sheet has no ${token.type}` })
    line += token.raw.split('\n').length - 1
  }
  return { blocks, problems, keys: [...keys] }
}

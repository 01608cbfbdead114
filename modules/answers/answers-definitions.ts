// A pack's figures made ready: the catalogue of fact sources, the checked measures, the sheets; and what is wrong with them.
import { type Diagnostic, formatDiagnostic } from '#base/errors.ts'
import { type Catalogue, checkMeasures, type MeasureIr } from '#engine/index.ts'
import { recordsPack } from '#modules/ledger/index.ts'
import { matterKindsOf } from '#modules/matter/index.ts'
import { organisationPack } from '#modules/org/index.ts'
import { catalogueOfPack } from '#modules/rubric/index.ts'
import type { Pack } from '#server/kit/pack.ts'
import { coveragePack, type FigureDefinition, type FiguresPack, figuresPack, noticesPack, sheetFolder } from './answers.pack.ts'
import { type ParsedSheet, parseSheet } from './answers-sheet.rules.ts'
import { honourYearSource, noticeSource } from './answers-sources.sql.ts'

export interface Definitions {
  figures: FiguresPack
  byKey: ReadonlyMap<string, FigureDefinition>
  measures: Record<string, MeasureIr>
  catalogue: Catalogue
  sheets: ReadonlyMap<string, ParsedSheet>
}

/** Every fact source that a figure may count: those of rubrics, and the sheet's own. */
function catalogueOfFigures(pack: Pack): Catalogue {
  return { sources: [...catalogueOfPack(pack).sources, noticeSource(pack.part(noticesPack)), honourYearSource] }
}

const made = new WeakMap<Pack, Definitions>()

/** The definitions of a checked pack, made once. */
export function definitionsOf(pack: Pack): Definitions {
  const known = made.get(pack)
  if (known !== undefined) return known
  const figures = pack.part(figuresPack)
  const catalogue = catalogueOfFigures(pack)
  const checked = checkMeasures(figures.measures, catalogue, (path) => pack.yaml(figuresPack).placeOf(['measures', ...path]))
  if (!checked.ok) throw new Error(`pack ${pack.id} was loaded unchecked: ${checked.diagnostics.map(formatDiagnostic).join('; ')}`)
  const sheets = new Map(pack.texts(sheetFolder).map(({ name, text }) => [name, parseSheet(text)]))
  const definitions = { figures, catalogue, measures: checked.value, sheets, byKey: new Map(figures.figures.map((figure) => [figure.key, figure])) }
  made.set(pack, definitions)
  return definitions
}

/** What is wrong in a pack's figures, sheets and 原文对照 beyond their shape. */
export function checkAnswers(pack: Pack): Diagnostic[] {
  const yaml = pack.yaml(figuresPack)
  const figures = pack.part(figuresPack)
  const at = (path: (string | number)[], code: string, message: string): Diagnostic => ({ ...yaml.placeOf(path), code, message })
  const checked = checkMeasures(figures.measures, catalogueOfFigures(pack), (path) => yaml.placeOf(['measures', ...path]))
  const found: Diagnostic[] = checked.ok ? [] : [...checked.diagnostics]
  const keys = new Set<string>()
  for (const [index, figure] of figures.figures.entries()) {
    const path = ['figures', index]
    if (keys.has(figure.key)) found.push(at([...path, 'key'], 'figure', `two figures are called ${figure.key}`))
    keys.add(figure.key)
    const measure = figure.measure === undefined ? undefined : figures.measures[figure.measure]
    if (figure.measure !== undefined && measure === undefined) found.push(at([...path, 'measure'], 'figure', `no measure \`${figure.measure}\``))
    if ((figure.measure === undefined) === (figure.awaits === undefined)) found.push(at(path, 'figure', 'a figure has either `measure` or `awaits`'))
    if (figure.show === 'percent' && measure !== undefined && measure.of === undefined)
      found.push(at([...path, 'show'], 'figure', '`percent` needs a measure with `of`'))
    if (figure.period !== 'day' && figure.period.from > figure.period.to) found.push(at([...path, 'period'], 'figure', 'the period ends before it begins'))
  }
  return [...found, ...checkSheets(pack, keys), ...checkCoverage(pack, keys)]
}

function checkSheets(pack: Pack, keys: ReadonlySet<string>): Diagnostic[] {
  const { sheet } = pack.part(figuresPack)
  const texts = pack.texts(sheetFolder)
  const found: Diagnostic[] = []
  if (!texts.some(({ name }) => name === sheet))
    found.push({ ...pack.yaml(figuresPack).placeOf(['sheet']), code: 'sheet', message: `no sheet ${sheetFolder.folder}/${sheet}${sheetFolder.ending}` })
  for (const { file, text } of texts) {
    const parsed = parseSheet(text)
    for (const { line, message } of parsed.problems) found.push({ file, line, column: 1, code: 'sheet', message })
    for (const key of parsed.keys) {
      if (keys.has(key)) continue
      const before = text.slice(0, text.indexOf(`{{${key}`)).split('\n')
      found.push({
        file,
        line: before.length,
        column: (before.at(-1)?.length ?? 0) + 1,
        code: 'sheet',
        message: `no figure \`${key}\``,
        hint: `the figures are ${[...keys].join(', ')}`,
      })
    }
  }
  return found
}

/** Terms whose link names a figure, a kind or a rule that the pack doesn't have, and terms that stand twice. Screens and searches are tested against the pages and the city. */
function checkCoverage(pack: Pack, figures: ReadonlySet<string>): Diagnostic[] {
  const kinds = new Set(pack.part(recordsPack).kinds.map(({ id }) => id))
  const matters = matterKindsOf(pack)
  const rules = new Set(pack.part(organisationPack).structure_rules.map(({ id }) => id))
  const terms = new Set<string>()
  return pack.part(coveragePack).terms.flatMap(({ term, at }, index): Diagnostic[] => {
    const say = (message: string): Diagnostic[] => [{ ...pack.yaml(coveragePack).placeOf(['terms', index]), code: 'coverage', message }]
    if (terms.has(term)) return say(`\`${term}\` stands twice`)
    terms.add(term)
    if ('figure' in at && !figures.has(at.figure)) return say(`no figure \`${at.figure}\``)
    if ('matter_kind' in at && !matters.has(at.matter_kind)) return say(`no kind of matter \`${at.matter_kind}\``)
    if ('record_kind' in at && !kinds.has(at.record_kind)) return say(`no kind of record \`${at.record_kind}\``)
    if ('rule' in at && !rules.has(at.rule)) return say(`no structure rule \`${at.rule}\``)
    if ('record_search' in at && at.record_search.length < 2) return say('a search has at least two characters')
    return []
  })
}

// rubric's part of a pack: the folder rubrics/, a YAML file each, checked by the engine against the pack's catalogue.
import type { Diagnostic } from '#base/errors.ts'
import { type Bases, basesAmong, type Checked, loadRubric, type RubricIr } from '#engine/index.ts'
import type { Pack, PackFolder, PackText } from '#server/kit/pack.ts'
import { catalogueOfPack } from './rubric.catalogue.ts'

export const rubricFolder: PackFolder = { folder: 'rubrics', ending: '.yaml' }

export interface PackRubric {
  file: PackText
  ir: RubricIr
}

/** What the rubrics of a pack may extend: each other. */
export function basesOfPack(pack: Pack): Bases {
  return basesAmong(pack.texts(rubricFolder))
}

/** The rubrics of a pack, checked; or every diagnostic of every file. */
export function rubricsOfPack(pack: Pack): Checked<PackRubric[]> {
  const diagnostics: Diagnostic[] = []
  const rubrics: PackRubric[] = []
  const bases = basesOfPack(pack)
  for (const file of pack.texts(rubricFolder)) {
    const checked = loadRubric(file.text, file.file, catalogueOfPack(pack), bases)
    if (!checked.ok) diagnostics.push(...checked.diagnostics)
    else {
      diagnostics.push(...formErrors(file, checked.value, rubrics))
      rubrics.push({ file, ir: checked.value })
    }
  }
  return diagnostics.length > 0 ? { ok: false, diagnostics } : { ok: true, value: rubrics }
}

/** What the server asks of a rubric beyond the engine: versions that can be ordered, one file each. */
function formErrors(file: PackText, ir: RubricIr, before: PackRubric[]): Diagnostic[] {
  const at = { file: file.file, line: 1, column: 1 }
  const found: Diagnostic[] = []
  if (!isVersion(ir.version))
    found.push({ ...at, code: 'version', message: `version \`${ir.version}\` is not a whole number from 1`, hint: 'write version: 1, and 2 for the next text' })
  const other = before.find(({ ir: one }) => one.rubric === ir.rubric && one.version === ir.version)
  if (other !== undefined) found.push({ ...at, code: 'name', message: `${ir.rubric} version ${ir.version} is in ${other.file.file} too` })
  return found
}

/** True for `1`, `2`, …: versions are ordered as numbers. */
function isVersion(text: string): boolean {
  return /^[1-9]\d{0,5}$/.test(text)
}

/** The check of a pack's rubrics: everything wrong in any of them. */
export function checkRubrics(pack: Pack): Diagnostic[] {
  const checked = rubricsOfPack(pack)
  return checked.ok ? [] : checked.diagnostics
}

// Stands for #base/yaml.ts while mutants are tried: no mutant changes how YAML is read, so each text is read once. What was read is frozen,
// so that no mutant can change it for the next.
import { parseYaml as parse, type YamlFile } from '#base/yaml.ts'

export { checkYaml, type PlaceOf, type YamlFile } from '#base/yaml.ts'

const known = new Map<string, YamlFile>()

function frozen(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  Object.freeze(value)
  for (const one of Object.values(value)) frozen(one)
}

/** As that of #base/yaml.ts. */
export const parseYaml: typeof parse = (text, file, numbers = 'text') => {
  const key = JSON.stringify([file, numbers, text])
  let yaml = known.get(key)
  if (yaml === undefined) {
    yaml = parse(text, file, numbers)
    frozen(yaml.tree)
    known.set(key, yaml)
  }
  return { ...yaml, diagnostics: [...yaml.diagnostics] }
}

// ledger's part of a pack: the kinds of record.
import { packPart } from '#server/kit/pack.ts'
import { RecordsPack } from './ledger-kinds.contract.ts'

export const recordsPack = packPart('records.yaml', RecordsPack)

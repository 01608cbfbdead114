// CEL's functions: what they are called, what they take and give (SPEC.md R-CEL-6, R-CEL-12 to R-CEL-16). How they are computed is in
// cel-call-sql.ts, and for the reference in reference-call.ts.
import type { ExprType } from '#engine/expr.ts'

/** One overload: argument types in order, the receiver first; `written` is the place of an argument that must be written out. */
export interface Overload {
  fn: CelFunction
  takes: ExprType[]
  gives: ExprType
  written?: number
}

const overload = <F extends string>(
  fn: F,
  takes: ExprType[],
  gives: ExprType,
  written?: number,
): { fn: F; takes: ExprType[]; gives: ExprType; written?: number } => ({
  fn,
  takes,
  gives,
  ...(written === undefined ? {} : { written }),
})

const zoned = <F extends string>(fn: F) => [overload(fn, ['timestamp'], 'int'), overload(fn, ['timestamp', 'string'], 'int', 1)]

const methodTable = {
  charAt: [overload('charAt', ['string', 'int'], 'string')],
  indexOf: [overload('indexOf', ['string', 'string'], 'int'), overload('indexOfFrom', ['string', 'string', 'int'], 'int')],
  lastIndexOf: [overload('lastIndexOf', ['string', 'string'], 'int'), overload('lastIndexOfFrom', ['string', 'string', 'int'], 'int')],
  substring: [overload('substring', ['string', 'int'], 'string'), overload('substringTo', ['string', 'int', 'int'], 'string')],
  replace: [overload('replace', ['string', 'string', 'string'], 'string'), overload('replaceSome', ['string', 'string', 'string', 'int'], 'string')],
  split: [overload('split', ['string', 'string'], 'list(string)'), overload('splitSome', ['string', 'string', 'int'], 'list(string)')],
  join: [overload('joinAll', ['list(string)'], 'string'), overload('joinWith', ['list(string)', 'string'], 'string')],
  trim: [overload('trim', ['string'], 'string')],
  lowerAscii: [overload('lowerAscii', ['string'], 'string')],
  upperAscii: [overload('upperAscii', ['string'], 'string')],
  reverse: [overload('reverse', ['string'], 'string')],
  matches: [overload('matches', ['string', 'string'], 'bool', 1)],
  getFullYear: zoned('fullYear'),
  getMonth: zoned('month'),
  getDate: zoned('dayOfMonth'),
  getDayOfMonth: zoned('dayOfMonth0'),
  getDayOfWeek: zoned('dayOfWeek'),
  getDayOfYear: zoned('dayOfYear'),
  getHours: [...zoned('hours'), overload('durationHours', ['duration'], 'int')],
  getMinutes: [...zoned('minutes'), overload('durationMinutes', ['duration'], 'int')],
  getSeconds: [...zoned('seconds'), overload('durationSeconds', ['duration'], 'int')],
  getMilliseconds: [...zoned('milliseconds'), overload('durationMilliseconds', ['duration'], 'int')],
}

const plainTable = {
  int: [
    overload('same', ['int'], 'int'),
    overload('intOfUint', ['uint'], 'int'),
    overload('intOfDouble', ['double'], 'int'),
    overload('intOfText', ['string'], 'int'),
    overload('intOfTime', ['timestamp'], 'int'),
  ],
  uint: [
    overload('same', ['uint'], 'uint'),
    overload('uintOfInt', ['int'], 'uint'),
    overload('uintOfDouble', ['double'], 'uint'),
    overload('uintOfText', ['string'], 'uint'),
  ],
  double: [
    overload('same', ['double'], 'double'),
    overload('doubleOfNumber', ['int'], 'double'),
    overload('doubleOfNumber', ['uint'], 'double'),
    overload('doubleOfText', ['string'], 'double'),
  ],
  string: [
    overload('same', ['string'], 'string'),
    overload('textOfNumber', ['int'], 'string'),
    overload('textOfNumber', ['uint'], 'string'),
    overload('textOfDouble', ['double'], 'string'),
    overload('textOfBool', ['bool'], 'string'),
    overload('textOfBytes', ['bytes'], 'string'),
    overload('textOfTime', ['timestamp'], 'string'),
    overload('textOfDuration', ['duration'], 'string'),
  ],
  bool: [overload('same', ['bool'], 'bool'), overload('boolOfText', ['string'], 'bool')],
  bytes: [overload('same', ['bytes'], 'bytes'), overload('bytesOfText', ['string'], 'bytes')],
  timestamp: [overload('same', ['timestamp'], 'timestamp'), overload('timeOfText', ['string'], 'timestamp'), overload('timeOfSeconds', ['int'], 'timestamp')],
  duration: [overload('same', ['duration'], 'duration'), overload('durationOfText', ['string'], 'duration')],
  'strings.quote': [overload('quote', ['string'], 'string')],
  'base64.encode': [overload('base64', ['bytes'], 'string')],
  'base64.decode': [overload('bytesOfBase64', ['string'], 'bytes')],
  'math.ceil': [overload('ceil', ['double'], 'double')],
  'math.floor': [overload('floor', ['double'], 'double')],
  'math.round': [overload('nearest', ['double'], 'double')],
  'math.trunc': [overload('trunc', ['double'], 'double')],
  'math.abs': [overload('absInt', ['int'], 'int'), overload('same', ['uint'], 'uint'), overload('absDouble', ['double'], 'double')],
  'math.sign': [overload('signInt', ['int'], 'int'), overload('signInt', ['uint'], 'uint'), overload('signDouble', ['double'], 'double')],
  'math.isNaN': [overload('isNan', ['double'], 'bool')],
  'math.isInf': [overload('isInf', ['double'], 'bool')],
  'math.isFinite': [overload('isFinite', ['double'], 'bool')],
  'math.bitAnd': [overload('bitAnd', ['int', 'int'], 'int'), overload('bitAndUint', ['uint', 'uint'], 'uint')],
  'math.bitOr': [overload('bitOr', ['int', 'int'], 'int'), overload('bitOrUint', ['uint', 'uint'], 'uint')],
  'math.bitXor': [overload('bitXor', ['int', 'int'], 'int'), overload('bitXorUint', ['uint', 'uint'], 'uint')],
  'math.bitNot': [overload('bitNot', ['int'], 'int'), overload('bitNotUint', ['uint'], 'uint')],
  'math.bitShiftLeft': [overload('shiftLeft', ['int', 'int'], 'int'), overload('shiftLeftUint', ['uint', 'int'], 'uint')],
  'math.bitShiftRight': [overload('shiftRight', ['int', 'int'], 'int'), overload('shiftRightUint', ['uint', 'int'], 'uint')],
}

/** What operators and macros stand for. `never` is false: its arguments are of types that are never equal. */
type Inner =
  | 'joinBytes'
  | 'joinLists'
  | 'at'
  | 'equalLists'
  | 'never'
  | 'greatest'
  | 'least'
  | 'timePlus'
  | 'timeMinus'
  | 'timeBetween'
  | 'durationPlus'
  | 'durationMinus'
  | 'inBase'
  | 'hexOfText'
  | 'hexOfBytes'
  | 'upper'
type Row = (typeof methodTable)[keyof typeof methodTable][number] | (typeof plainTable)[keyof typeof plainTable][number]
/** Every function that an expression can hold after the check. */
export type CelFunction = Row['fn'] | Inner

/** The functions after a dot, by name. */
export const methods: Record<string, Overload[]> = methodTable
/** The other functions, by name. */
export const plains: Record<string, Overload[]> = plainTable

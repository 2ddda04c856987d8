import pg from 'pg'
import { DatabaseError } from './database-error.ts'

const INT8 = 20
const INT8_ARRAY: number = 1016

/** Reads `int8` as a number (credits are safe integers); everything else as `pg` does. */
export const rowTypes: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === INT8 && format !== 'binary') return safeInteger
    if (oid === INT8_ARRAY && format !== 'binary') return safeIntegers
    return pg.types.getTypeParser(oid, format)
  },
}

function safeInteger(text: string): number {
  const value = Number(text)
  if (Number.isSafeInteger(value)) return value
  throw new DatabaseError(
    'unsafe_integer',
    `${text} does not fit a JavaScript number; select it as text if it really is this large.`,
  )
}

function safeIntegers(text: string): unknown {
  const values: unknown = pg.types.getTypeParser(INT8_ARRAY, 'text')(text)
  return eachInteger(values)
}

function eachInteger(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(eachInteger)
  return typeof value === 'string' || typeof value === 'number' ? safeInteger(`${value}`) : value
}

import { UsageError } from './usage-error.ts'

/** The argument that names a customer. */
export const CUSTOMER = {
  type: 'positional',
  required: true,
  description: 'The customer’s external id',
} as const

/** The argument that limits a list. */
export const LIMIT = {
  type: 'string',
  default: '20',
  description: 'How many at most, up to 100',
} as const

/** Reads a whole number from the command line. */
export function wholeNumber(text: string, { name, min }: { name: string; min: number }): number {
  const value = Number(text.replaceAll(/[,_]/g, ''))
  if (text.trim() !== '' && Number.isSafeInteger(value) && value >= min) return value
  throw new UsageError(`${name} is a whole number from ${min}, not "${text}".`)
}

import { randomBytes } from 'node:crypto'

/** The prefix of an id, which shows its type. */
export type IdPrefix =
  | 'org'
  | 'cust'
  | 'sub'
  | 'si'
  | 'price'
  | 'prod'
  | 'pricing_model'
  | 'usage_meter'
  | 'usage_event'
  | 'feature'
  | 'sub_feature'
  | 'product_feature'
  | 'resource'
  | 'resource_claim'
  | 'period'
  | 'grant'
  | 'chckt_session'
  | 'pmt'
  | 'pm'
  | 'inv'
  | 'inv_li'
  | 'purch'
  | 'evt'
  | 'we'

/** Generates an unguessable id; injected, so that tests can generate their own. */
export type NewId = (prefix: IdPrefix) => string

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** 21 of 62 characters carry 125 bits. */
const LENGTH = 21

/** `<prefix>_` and 21 random letters and digits, like Flowglad's ids. */
export function newId(prefix: IdPrefix): string {
  let id = ''
  while (id.length < LENGTH) {
    for (const byte of randomBytes(LENGTH * 2)) {
      // 248 is the largest multiple of 62 in a byte; values above it would make some characters more likely.
      if (byte < 248 && id.length < LENGTH) id += ALPHABET[byte % 62]
    }
  }
  return `${prefix}_${id}`
}

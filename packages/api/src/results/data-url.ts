import type { Brand } from '@tollgate/contract'

/** A file in a result: it is stored with the result, and leaves at an address of its own. */
export type DataUrl = Brand<string, 'DataUrl'>

/** Makes a file of bytes, for the `dataUrl` of what a billed procedure returns. */
export function dataUrl(mimeType: string, bytes: Buffer): DataUrl {
  return `data:${mimeType};base64,${bytes.toString('base64')}` as DataUrl
}

/** Whether a value is a file as `dataUrl` makes it. */
export function isDataUrl(value: unknown): value is DataUrl {
  return typeof value === 'string' && PARTS.test(value)
}

/** The bytes of a file and their type. */
export function readDataUrl(file: DataUrl): { mimeType: string; bytes: Buffer<ArrayBuffer> } {
  const mimeType = PARTS.exec(file)?.[1] ?? ''
  return { mimeType, bytes: Buffer.from(file.slice(file.indexOf(',') + 1), 'base64') }
}

const PARTS = /^data:([\w.+-]+\/[\w.+-]+);base64,/u

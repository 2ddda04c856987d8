import type { Brand } from '@tollgate/contract'

/** A file in a result: stored with the result, and served at an address of its own. */
export type DataUrl = Brand<string, 'DataUrl'>

/** Makes a file from bytes, for the `dataUrl` of a billed procedure's result. */
export function dataUrl(mimeType: string, bytes: Buffer): DataUrl {
  return `data:${mimeType};base64,${bytes.toString('base64')}` as DataUrl
}

/** Whether a value is a file made by `dataUrl`. */
export function isDataUrl(value: unknown): value is DataUrl {
  return typeof value === 'string' && PARTS.test(value)
}

/** The bytes of a file and their media type. */
export function readDataUrl(file: DataUrl): { mimeType: string; bytes: Buffer<ArrayBuffer> } {
  const mimeType = PARTS.exec(file)?.[1] ?? ''
  return { mimeType, bytes: Buffer.from(file.slice(file.indexOf(',') + 1), 'base64') }
}

const PARTS = /^data:([\w.+-]+\/[\w.+-]+);base64,/u

import { fileURLToPath } from 'node:url'

/** This package. */
export const CLIENT = fileURLToPath(new URL('..', import.meta.url))
/** The workspace. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
/** The package's doors: what a caller may import. */
export const ENTRIES = ['index', 'react'] as const

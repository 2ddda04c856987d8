/** Why a name cannot be used for a procedure, or null; such a name would compile to something else, or not at all. */
export function whyReserved(name: string): string | null {
  if (WORDS.has(name)) return `"${name}" is a word of the language`
  if (TRPC.has(name)) return `tRPC keeps "${name}" for itself`
  if (IN_FILE.has(name)) return `"${name}" is taken in the generated file or in router.ts`
  return null
}

const WORDS = new Set(
  `arguments async await break case catch class const continue debugger default delete do else enum eval export extends false
  finally for function if implements import in instanceof interface let new null package private protected public return
  static super switch this throw true try typeof undefined var void while with yield`.split(/\s+/),
)
const TRPC = new Set(['then', 'call', 'apply', 'constructor', 'prototype', 'toString', 'valueOf'])
const IN_FILE = new Set(['z', 'billedProcedure', 'router', 'appRouter', 'catalogOf', 'sold'])

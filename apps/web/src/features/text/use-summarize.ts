import { useTollgate } from '../../connection/tollgate-context.ts'

/** Summarises a text piece by piece; charged for the tokens that were really used. */
export function useSummarize() {
  return useTollgate().useBilledStream((api) => api.text.summarize)
}

import type { OperationKey } from '@tollgate/contract'
import { type MutationState, useMutation, useMutationState } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { type Click, clickOptions, type FormTollgate, isClick } from './click.ts'

/** The state of a form's clicks, as the query library reports it. */
export type ClickMutation = {
  variables: Click | undefined
  status: 'idle' | 'pending' | 'error' | 'success'
  data: unknown
  error: unknown
  failureReason: unknown
  mutate(click: Click): void
  reset(): void
}

/**
 * The clicks of one form. It adopts a click that was in flight when an earlier form of its path was unmounted, until its own next one:
 * leaving a page cancels nothing, and returning finds it.
 */
export function useClickMutation(
  tollgate: FormTollgate,
  path: string,
  mutationFn: (click: Click) => Promise<unknown>,
): ClickMutation {
  const { queryClient, leftClicks } = tollgate
  const own = useMutation<unknown, unknown, Click>(
    { ...clickOptions(tollgate, path), mutationFn },
    queryClient,
  )
  const [leftKey, setLeftKey] = useState<OperationKey | null>(() => leftClicks.get(path) ?? null)
  const [left] = useMutationState(
    {
      filters: { predicate: ({ state }) => keyOf(state.variables) === leftKey },
      select: ({ state }) => state,
    },
    queryClient,
  )
  const shown = own.status === 'idle' && left ? { ...own, ...withClick(left) } : own
  useLeaving(tollgate, path, shown)
  return {
    ...shown,
    mutate: own.mutate,
    reset() {
      setLeftKey(null)
      own.reset()
    },
  }
}

/** Remembers the click in flight when the form is unmounted, for the next form of the path. */
function useLeaving({ leftClicks }: FormTollgate, path: string, shown: ClickMutation): void {
  const last = useRef(shown)
  useEffect(() => {
    last.current = shown
  })
  useEffect(() => {
    leftClicks.delete(path)
    return () => {
      const { status, variables } = last.current
      if (status === 'pending' && variables) leftClicks.set(path, variables.key)
    }
  }, [leftClicks, path])
}

function withClick({ variables, status, data, error, failureReason }: MutationState) {
  const click = isClick(variables) ? variables : undefined
  return { variables: click, status, data, error, failureReason }
}

function keyOf(variables: unknown): OperationKey | undefined {
  return isClick(variables) ? variables.key : undefined
}

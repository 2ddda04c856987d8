import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { trpc } from '../../connection/trpc.ts'
import { CheckoutNotice, type CheckoutState } from './checkout-notice.tsx'
import { forgetCheckout, hasArrived, pendingCheckout } from './pending-checkout.ts'

/** How often, and for how long, to poll for the credits. */
const POLL_MS = 1200
const POLL_MAX_MS = 45_000

/** Waits for the credits after a checkout, then offers to continue. Never continues on its own. */
export function CheckoutReturn(props: {
  onContinue?: (() => void) | undefined
  continueLabel?: string
}) {
  const { onContinue, continueLabel } = props
  const [path] = useLocation()
  const [pending, setPending] = useState(() => comingBack(path))
  const [state, setState] = useState(stateOnReturn)
  const refresh = useArrival(pending, state, setState)
  if (!pending || state === 'unconfirmed') return null

  function close(): void {
    forgetCheckout()
    setPending(null)
    history.replaceState(null, '', location.pathname)
  }

  return (
    <CheckoutNotice
      state={state}
      purpose={pending.purpose}
      continueLabel={continueLabel}
      onContinue={
        onContinue &&
        (() => {
          close()
          onContinue()
        })
      }
      onCheckAgain={() => {
        setState('waiting')
        refresh()
      }}
      onClose={close}
    />
  )
}

/** `unconfirmed`: the user came back with the browser's back button, so whether anything was bought is unknown. */
type ReturnState = CheckoutState | 'unconfirmed'

function useArrival(
  pending: ReturnType<typeof pendingCheckout>,
  state: ReturnState,
  setState: (state: ReturnState) => void,
): () => void {
  const utils = trpc.useUtils()
  const [round, setRound] = useState(0)
  const waiting = pending !== null && (state === 'waiting' || state === 'unconfirmed')
  useEffect(() => {
    if (!waiting || !pending) return
    const stop = new AbortController()
    void waitForArrival()
    return () => stop.abort()

    async function waitForArrival(): Promise<void> {
      const until = Date.now() + POLL_MAX_MS
      while (!stop.signal.aborted && Date.now() < until) {
        const now = await read().catch(() => null)
        if (stop.signal.aborted) return
        if (now && pending && hasArrived(pending, now)) {
          forgetCheckout()
          await utils.billing.invalidate()
          return setState('arrived')
        }
        if (state === 'unconfirmed') return
        await new Promise((resolve) => setTimeout(resolve, POLL_MS))
      }
      if (!stop.signal.aborted) setState('late')
    }

    async function read() {
      const { balances } = await utils.client.billing.refresh.mutate()
      const { billing } = await utils.client.billing.plan.query()
      const subscription = billing?.subscription
      return {
        balances,
        planSlug: subscription?.planSlug ?? null,
        status: subscription?.status ?? null,
      }
    }
  }, [waiting, state, pending, round, utils, setState])
  return () => setRound((before) => before + 1)
}

function comingBack(path: string) {
  const pending = pendingCheckout()
  return pending && pending.path === path ? pending : null
}

function stateOnReturn(): ReturnState {
  const outcome = new URLSearchParams(location.search).get('checkout')
  if (outcome === 'cancelled') return 'cancelled'
  return outcome === 'success' ? 'waiting' : 'unconfirmed'
}

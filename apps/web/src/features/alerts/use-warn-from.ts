import { CRITICAL_PERCENT, WARNING_PERCENT } from '@tollgate/contract'
import { useSyncExternalStore } from 'react'

const STORED = 'tollgate:warn-from'
/** Early, or only when a balance is critical anyway. */
export const WARN_FROM = [WARNING_PERCENT, CRITICAL_PERCENT] as const
export type WarnFrom = (typeof WARN_FROM)[number]

/** The used share from which this person wants a warning, and how to change it. */
export function useWarnFrom(): [WarnFrom, (percent: WarnFrom) => void] {
  const chosen = useSyncExternalStore(subscribe, read)
  return [
    chosen,
    (percent) => {
      localStorage.setItem(STORED, String(percent))
      changes.dispatchEvent(new Event('change'))
    },
  ]
}

const changes = new EventTarget()

function subscribe(onChange: () => void): () => void {
  changes.addEventListener('change', onChange)
  return () => changes.removeEventListener('change', onChange)
}

function read(): WarnFrom {
  const stored = Number(localStorage.getItem(STORED))
  return WARN_FROM.find((percent) => percent === stored) ?? WARNING_PERCENT
}

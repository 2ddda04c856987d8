import { CancelDialog } from '../src/features/pricing/cancel-dialog.tsx'
import { ChangeDialog } from '../src/features/pricing/change-dialog.tsx'
import { CATALOG } from './catalog.ts'

/** The question before an upgrade. */
export function ChangeState() {
  return (
    <>
      <h1 className="sr-only">Plan change</h1>
      <ChangeDialog
        offer={CATALOG.offers[1] ?? null}
        preview={{
          verb: 'upgrade',
          timing: 'checkout',
          dueNow: 2000,
          currency: 'USD',
          effectiveAt: '2026-11-22T09:00:00.000Z',
        }}
        pending={false}
        onConfirm={() => {}}
        onClose={() => {}}
      />
    </>
  )
}

/** The question before a plan ends. */
export function CancelState() {
  return (
    <>
      <h1 className="sr-only">Cancel</h1>
      <CancelDialog
        open
        endsAt="2026-12-01T00:00:00.000Z"
        pending={false}
        onConfirm={() => {}}
        onClose={() => {}}
      />
    </>
  )
}

import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { BellIcon } from '../../components/icons.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { AlertList } from './alert-list.tsx'
import { useAlerts } from './use-alerts.ts'

/** The bell in the header, with the number of unread alerts and the list of all. */
export function AlertBell() {
  const { t, f } = useCopy()
  const { alerts, unread, isError, markRead, dismiss } = useAlerts()
  const [open, setOpen] = useState(false)

  function show(): void {
    setOpen(true)
    const ids = alerts?.filter(({ isRead }) => !isRead).map(({ id }) => id) ?? []
    if (ids.length > 0) markRead(ids)
  }

  return (
    <>
      <button
        type="button"
        onClick={show}
        aria-haspopup="dialog"
        className="relative grid size-11 shrink-0 place-items-center rounded-control text-muted hover:bg-sunken hover:text-ink"
      >
        <BellIcon />
        <span className="sr-only">{t.bell.label(f, unread)}</span>
        {unread > 0 ? (
          <span
            aria-hidden="true"
            className="absolute top-1 right-0.5 grid h-4.5 min-w-4.5 place-items-center rounded-full bg-danger px-1 text-[0.6875rem] font-semibold text-surface tabular-nums"
          >
            {f.number(unread)}
          </span>
        ) : null}
      </button>
      <Dialog
        open={open}
        title={t.bell.title}
        place="side"
        onClose={() => setOpen(false)}
        actions={<Button onClick={() => setOpen(false)}>{t.bell.close}</Button>}
      >
        <AlertList
          alerts={alerts}
          isError={isError}
          onDismiss={dismiss}
          onSettings={() => setOpen(false)}
        />
      </Dialog>
    </>
  )
}

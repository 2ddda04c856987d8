import { type ReactNode, useEffect, useId, useRef } from 'react'

/** A modal question: a native dialog, a sheet from below on small screens; focus returns to where it came from. */
export function Dialog(props: {
  open: boolean
  title: string
  onClose: () => void
  children: ReactNode
  actions: ReactNode
}) {
  const { open, title, onClose, children, actions } = props
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()

  useEffect(() => {
    if (open) dialog.current?.showModal()
    else dialog.current?.close()
  }, [open])

  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onClose={onClose}
      className="m-auto w-full max-w-md rounded-card border border-line bg-surface p-6 text-ink shadow-float backdrop:bg-black/45 max-sm:mb-0 max-sm:max-w-none max-sm:rounded-b-none"
    >
      {open ? (
        <div className="grid gap-5">
          <h2 id={titleId} className="text-lg">
            {title}
          </h2>
          {children}
          <div className="flex flex-col gap-2 sm:flex-row-reverse">{actions}</div>
        </div>
      ) : null}
    </dialog>
  )
}

import { type ReactNode, useEffect, useId, useRef } from 'react'

/** A modal dialog, or a drawer at the side; on small screens a bottom sheet. Native, so that focus returns to where it was. */
export function Dialog(props: {
  open: boolean
  title: string
  onClose: () => void
  children: ReactNode
  actions: ReactNode
  /** Its position on large screens. */
  place?: keyof typeof PLACES
}) {
  const { open, title, onClose, children, actions, place = 'middle' } = props
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
      className={`w-full border border-line bg-surface p-6 text-ink shadow-float backdrop:bg-black/45 max-sm:mx-auto max-sm:mt-auto max-sm:mb-0 max-sm:max-w-none max-sm:rounded-t-card ${PLACES[place]}`}
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

const PLACES = {
  middle: 'sm:m-auto sm:max-w-md sm:rounded-card',
  side: 'sm:my-0 sm:mr-0 sm:ml-auto sm:h-dvh sm:max-h-none sm:max-w-lg',
}

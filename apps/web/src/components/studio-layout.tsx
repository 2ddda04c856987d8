import type { ReactNode } from 'react'

/** A form on the left and its result on the right; stacked on small screens. */
export function StudioLayout(props: {
  title: string
  balance: ReactNode
  form: ReactNode
  notices: ReactNode
  canvas: ReactNode
}) {
  const { title, balance, form, notices, canvas } = props
  return (
    <>
      <h1 className="mb-6 text-2xl sm:text-[1.75rem]">{title}</h1>
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,24rem)_minmax(0,1fr)] lg:gap-6">
        <div className="min-w-0 overflow-hidden rounded-card border border-line bg-surface shadow-card">
          <div className="border-b border-line p-5 sm:p-6">{balance}</div>
          <div className="p-5 sm:p-6">{form}</div>
        </div>
        <div id={RESULT} className="grid min-w-0 scroll-mt-4 gap-4">
          <div className="grid gap-3 empty:hidden">{notices}</div>
          <div className="min-w-0 rounded-card border border-line bg-surface p-4 shadow-card sm:p-6">
            {canvas}
          </div>
        </div>
      </div>
    </>
  )
}

/** Scrolls to the result if the layout puts it below the form. */
export function showResult(): void {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
  document
    .getElementById(RESULT)
    ?.scrollIntoView({ block: 'nearest', behavior: calm ? 'auto' : 'smooth' })
}

const RESULT = 'result'

import type { ReactNode } from 'react'
import { Progress } from './progress.tsx'

/** The area of a result, with instructions while there is none. Keeps its size to avoid layout shifts. */
export function EmptyCanvas(props: { icon: ReactNode; title: string; text: string }) {
  return (
    <div className="grid h-full place-items-center rounded-xl border border-dashed border-line p-3 text-center sm:min-h-64 sm:p-8">
      <div className="grid max-w-72 justify-items-center gap-2">
        <span className="mb-2 grid size-12 max-sm:hidden place-items-center rounded-full bg-ink/6 text-muted">
          {props.icon}
        </span>
        <p className="font-medium">{props.title}</p>
        <p className="text-sm text-balance text-muted">{props.text}</p>
      </div>
    </div>
  )
}

/** The same area during the work. */
export function BusyCanvas(props: { label: string }) {
  return (
    <div className="grid h-full place-items-center rounded-xl bg-sunken p-3 sm:min-h-64 sm:p-8">
      <Progress label={props.label} />
    </div>
  )
}

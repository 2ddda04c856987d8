import { useCopy } from '../copy/copy-context.tsx'
import { useElapsed } from './use-elapsed.ts'

/** After this time users may wonder whether it is still running. */
const LONG_SECONDS = 10

/**
 * Indeterminate progress with the elapsed time, because a percentage would be made up. The seconds are only visual; a screen reader
 * announces the start, and that it takes long.
 */
export function Progress(props: { label: string }) {
  const { t, f } = useCopy()
  const seconds = useElapsed()
  return (
    <div className="grid w-full max-w-72 justify-items-center gap-2.5 text-sm text-muted">
      <div className="flex w-full items-baseline justify-between gap-3">
        <output className="font-medium">{props.label}</output>
        <span aria-hidden className="tabular-nums">
          {f.elapsed(seconds)}
        </span>
      </div>
      <div className="relative h-1.5 w-full overflow-hidden rounded-full bg-line">
        <progress aria-label={props.label} className="sr-only" />
        <span
          aria-hidden
          className="slide absolute inset-y-0 left-0 w-1/3 rounded-full bg-accent"
        />
      </div>
      <output className="min-h-10 text-center text-[0.8125rem] text-balance">
        {seconds >= LONG_SECONDS ? t.progress.long : ''}
      </output>
    </div>
  )
}

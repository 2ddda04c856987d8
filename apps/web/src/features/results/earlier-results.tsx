import type { PaidResult } from '@tollgate/contract'
import { describeResult } from '@tollgate/contract/copy'
import { Button } from '../../components/button.tsx'
import { DownloadIcon } from '../../components/icons.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { downloadOf } from './download-of.ts'
import { ResultPreview } from './result-preview.tsx'
import type { Library } from './use-library.ts'

/** Stored results of earlier paid calls, which can be opened again and saved. */
export function EarlierResults(props: { library: Library }) {
  const { items = [], shown, open, more, again } = props.library
  const { t } = useCopy()
  const earlier = items.filter(({ operationId }) => operationId !== shown?.operationId)
  if (earlier.length === 0 && !more && !again) return null
  return (
    <section aria-label={t.results.earlier} className="border-t border-line pt-4">
      <h2 className="mb-3 text-sm font-medium text-muted">{t.results.earlier}</h2>
      <ul className="grid grid-cols-2 gap-x-3 gap-y-4 sm:grid-cols-3">
        {earlier.map((result) => (
          <Earlier
            key={result.operationId}
            result={result}
            onOpen={() => open(result.operationId)}
          />
        ))}
      </ul>
      {again ? (
        <p className="flex flex-wrap items-center gap-3 text-sm">
          {t.results.failed}
          <Button onClick={again}>{t.operation.again}</Button>
        </p>
      ) : null}
      {more ? (
        <div className="mt-3 text-center">
          <Button look="quiet" onClick={more}>
            {t.results.more}
          </Button>
        </div>
      ) : null}
    </section>
  )
}

function Earlier(props: { result: PaidResult; onOpen: () => void }) {
  const { result, onOpen } = props
  const { t, f } = useCopy()
  const described = describeResult(result.procedure, result.output)
  const title = described.title ?? t.procedure(result.procedure)
  const download = downloadOf(result)
  return (
    <li className="min-w-0">
      <button
        type="button"
        aria-label={t.results.open(title)}
        title={title}
        onClick={onOpen}
        className="block w-full rounded-lg"
      >
        <ResultPreview described={described} alt="" />
      </button>
      <div className="mt-1 flex items-center gap-1">
        <div className="min-w-0 flex-1 text-[0.8125rem]">
          <p className="truncate">{title}</p>
          <p className="text-muted">{t.results.keptUntil(f, result.keptUntil)}</p>
        </div>
        {download ? (
          <a
            href={download.href}
            download={download.name}
            aria-label={t.results.download(title)}
            className="grid size-11 shrink-0 place-items-center rounded-control text-muted hover:bg-ink/6 hover:text-ink"
          >
            <DownloadIcon className="size-4" />
          </a>
        ) : null}
      </div>
    </li>
  )
}

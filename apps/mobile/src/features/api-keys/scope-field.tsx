import { Checks } from '../../ui/checks.tsx'
import { Words } from '../../ui/words.tsx'
import { copy } from '../../copy.ts'

const { t } = copy

/** The procedures or meters a key may use; null allows all, including future ones. */
export function ScopeField(props: {
  label: string
  /** All options; may contain duplicates. */
  slugs: readonly string[]
  nameOf: (slug: string) => string
  chosen: readonly string[] | null
  onChange: (chosen: string[] | null) => void
}) {
  const { label, slugs, nameOf, chosen, onChange } = props
  const all = [...new Set(slugs)]
  const isMissing = chosen?.length === 0
  return (
    <>
      <Checks
        label={label}
        values={chosen ?? all}
        options={all.map((value) => ({ value, label: nameOf(value) }))}
        onChange={(values) => onChange(values.length === all.length ? null : values)}
      />
      <Words as="quiet" {...(isMissing ? { tone: 'danger' as const } : {})}>
        {isMissing ? t.apiKeys.scopeMissing : t.apiKeys.scopeHint}
      </Words>
    </>
  )
}

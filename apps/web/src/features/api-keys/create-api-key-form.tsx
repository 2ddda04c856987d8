import { type SubmitEvent, useState } from 'react'
import {
  API_KEY_LIFETIMES,
  API_KEY_NAME_MAX,
  type ApiKeyLifetime,
  apiKeyOf,
  lifetimeLabel,
} from '@tollgate/contract/copy'
import type { Inputs } from '../../connection/trpc.ts'
import { useCatalog } from '../../connection/use-catalog.ts'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { Choice } from '../../components/choice.tsx'
import { FailureText } from '../../components/failure-text.tsx'
import { Field, INPUT_STYLE } from '../../components/field.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { allowanceOf, draftOf, type LimitDraft } from '../limits/limit-draft.ts'
import { LimitFields } from '../limits/limit-fields.tsx'
import { useMeters } from '../limits/use-meters.ts'
import { ScopeField } from './scope-field.tsx'

/** A new key's name, scope, limits and expiry. */
export function CreateApiKeyForm(props: {
  pending: boolean
  /** Why the last attempt failed. */
  failure: string | null
  onCreate: (key: Inputs['apiKeys']['create']) => void
}) {
  const { pending, failure, onCreate } = props
  const { t } = useCopy()
  const paths = usePaths()
  const slugs = useMeters()
  const [name, setName] = useState('')
  const [procedures, setProcedures] = useState<readonly string[] | null>(null)
  const [meters, setMeters] = useState<readonly string[] | null>(null)
  const [lifetime, setLifetime] = useState<ApiKeyLifetime>('90')
  const [limit, setLimit] = useState<LimitDraft | null>(null)
  const spent = meters ?? slugs
  const draft = limit && spent.includes(limit.meter) ? limit : draftOf(spent[0] ?? '', [])
  const allowance = allowanceOf(draft)
  const isLimit = allowance !== null || draft.written.trim() === ''
  const key = apiKeyOf({ name, procedures, meters, lifetime })

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    if (!key || !isLimit || pending) return
    onCreate({ ...key, limits: allowance ? [allowance] : [] })
  }

  return (
    <Card title={t.apiKeys.createTitle}>
      <form onSubmit={submit} className="grid gap-5">
        <Field label={t.apiKeys.name}>
          {(ids) => (
            <input
              {...ids}
              name="name"
              required
              maxLength={API_KEY_NAME_MAX}
              value={name}
              placeholder={t.apiKeys.namePlaceholder}
              onChange={(event) => setName(event.target.value)}
              className={INPUT_STYLE}
            />
          )}
        </Field>
        <ScopeField
          label={t.apiKeys.procedures}
          options={paths.map((value) => ({ value, label: t.procedure(value) }))}
          chosen={procedures}
          onChange={setProcedures}
        />
        <ScopeField
          label={t.apiKeys.meters}
          options={slugs.map((value) => ({ value, label: t.meter.name(value) }))}
          chosen={meters}
          onChange={setMeters}
        />
        <KeyLimit draft={draft} meters={spent} onDraft={setLimit} />
        <LifetimeChoice value={lifetime} onChange={setLifetime} />
        <FailureText text={failure} />
        <Button type="submit" look="primary" pending={pending} blocked={!key || !isLimit}>
          {t.apiKeys.create}
        </Button>
      </form>
    </Card>
  )
}

/** The key's limit of one meter; limits of other meters can be set after it is created. */
function KeyLimit(props: {
  draft: LimitDraft
  meters: readonly string[]
  onDraft: (draft: LimitDraft) => void
}) {
  const { draft, meters, onDraft } = props
  const { t } = useCopy()
  return (
    <fieldset className="grid min-w-0 gap-4">
      <legend className="mb-1.5 text-sm font-medium">{t.limits.forKey}</legend>
      <LimitFields
        draft={draft}
        meters={meters}
        hint={t.limits.optional}
        onChange={onDraft}
        onMeter={(meter) => onDraft({ ...draft, meter })}
      />
    </fieldset>
  )
}

function LifetimeChoice(props: {
  value: ApiKeyLifetime
  onChange: (lifetime: ApiKeyLifetime) => void
}) {
  const copy = useCopy()
  return (
    <Choice
      label={copy.t.apiKeys.expiry}
      value={props.value}
      onChange={props.onChange}
      options={API_KEY_LIFETIMES.map((value) => ({ value, label: lifetimeLabel(value, copy) }))}
    />
  )
}

/** Every procedure that a scope can contain. */
function usePaths(): readonly string[] {
  const procedures = useCatalog()?.procedures ?? []
  return [...new Set(procedures.map(({ path }) => path))]
}

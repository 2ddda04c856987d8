import {
  API_KEY_LIFETIMES,
  API_KEY_NAME_MAX,
  type ApiKeyLifetime,
  apiKeyOf,
  lifetimeLabel,
} from '@tollgate/contract/copy'
import { useState } from 'react'
import { type Inputs, trpc } from '../../connection/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { Words } from '../../ui/words.tsx'
import { copy } from '../../copy.ts'
import { ScopeField } from './scope-field.tsx'

const { t } = copy

/** A new key's name, scope, limits and expiry. */
export function CreateApiKeyForm(props: {
  isPending: boolean
  /** Why the last attempt failed. */
  failure: string | null
  onCreate: (key: Inputs['apiKeys']['create']) => void
}) {
  const { isPending, failure, onCreate } = props
  const sold = trpc.billing.catalog.useQuery().data?.procedures ?? []
  const [name, setName] = useState('')
  const [procedures, setProcedures] = useState<string[] | null>(null)
  const [meters, setMeters] = useState<string[] | null>(null)
  const [lifetime, setLifetime] = useState<ApiKeyLifetime>('90')
  const key = apiKeyOf({ name, procedures, meters, lifetime })
  return (
    <Card>
      <Words as="title">{t.apiKeys.createTitle}</Words>
      <Field
        label={t.apiKeys.name}
        placeholder={t.apiKeys.namePlaceholder}
        maxLength={API_KEY_NAME_MAX}
        value={name}
        onChangeText={setName}
      />
      <ScopeField
        label={t.apiKeys.procedures}
        slugs={sold.map(({ path }) => path)}
        nameOf={t.procedure}
        chosen={procedures}
        onChange={setProcedures}
      />
      <ScopeField
        label={t.apiKeys.meters}
        slugs={sold.map(({ meter }) => meter)}
        nameOf={t.meter.name}
        chosen={meters}
        onChange={setMeters}
      />
      <Words>{t.apiKeys.expiry}</Words>
      <Choice
        label={t.apiKeys.expiry}
        value={lifetime}
        onChange={setLifetime}
        options={API_KEY_LIFETIMES.map((value) => ({ value, label: lifetimeLabel(value, copy) }))}
      />
      {failure ? (
        <Words tone="danger" alert>
          {failure}
        </Words>
      ) : null}
      <Button
        label={t.apiKeys.create}
        busy={isPending}
        disabled={!key}
        onPress={() => {
          if (key) onCreate(key)
        }}
      />
    </Card>
  )
}

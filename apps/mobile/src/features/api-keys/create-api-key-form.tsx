import { useState } from 'react'
import { type Inputs, trpc } from '../../connection/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { Words } from '../../ui/words.tsx'
import { copy } from '../../copy.ts'
import { ScopeField } from './scope-field.tsx'

const { t, f } = copy

const NAME_MAX = 60
const LIFETIMES = ['30', '90', '365', 'never'] as const

type Lifetime = (typeof LIFETIMES)[number]

/** The name of a new key, what it may call and spend, and until when. */
export function CreateApiKeyForm(props: {
  isPending: boolean
  /** Why the last one was not created. */
  failure: string | null
  onCreate: (key: Inputs['apiKeys']['create']) => void
}) {
  const { isPending, failure, onCreate } = props
  const sold = trpc.billing.catalog.useQuery().data?.procedures ?? []
  const [name, setName] = useState('')
  const [procedures, setProcedures] = useState<string[] | null>(null)
  const [meters, setMeters] = useState<string[] | null>(null)
  const [lifetime, setLifetime] = useState<Lifetime>('90')
  const isReady = name.trim() !== '' && procedures?.length !== 0 && meters?.length !== 0
  const expiresInDays = lifetime === 'never' ? null : Number(lifetime)
  return (
    <Card>
      <Words as="title">{t.apiKeys.createTitle}</Words>
      <Field
        label={t.apiKeys.name}
        placeholder={t.apiKeys.namePlaceholder}
        maxLength={NAME_MAX}
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
        options={LIFETIMES.map((value) => ({ value, label: labelOf(value) }))}
      />
      {failure ? (
        <Words tone="danger" alert>
          {failure}
        </Words>
      ) : null}
      <Button
        label={t.apiKeys.create}
        busy={isPending}
        disabled={!isReady}
        onPress={() => onCreate({ name: name.trim(), procedures, meters, expiresInDays })}
      />
    </Card>
  )
}

function labelOf(lifetime: Lifetime): string {
  return lifetime === 'never' ? t.apiKeys.never : t.apiKeys.days(f, Number(lifetime))
}

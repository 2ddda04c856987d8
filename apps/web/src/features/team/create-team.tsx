import type { Organization } from '@tollgate/client/react'
import { type SubmitEvent, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { Field, INPUT_STYLE } from '../../components/field.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { switchTo } from './switch-to.ts'
import { TeamError } from './team-error.tsx'
import { useOrganizationChange } from './use-organizations.ts'

/** Creates an organization and switches to it. */
export function CreateTeam() {
  const { t } = useCopy()
  const [name, setName] = useState('')
  const create = useOrganizationChange<Organization>()

  function submit(event: SubmitEvent): void {
    event.preventDefault()
    // The server generates the slug; the library merely requires one.
    const body = { name, slug: name }
    create.mutate({ path: 'create', body }, { onSuccess: ({ id }) => void switchTo(id, '/team') })
  }

  return (
    <Card title={t.team.create} lead={t.team.createHint}>
      <form onSubmit={submit} className="grid gap-4">
        <Field label={t.team.name}>
          {(ids) => (
            <input
              {...ids}
              name="team"
              required
              maxLength={100}
              autoComplete="organization"
              value={name}
              onChange={({ target }) => setName(target.value)}
              className={INPUT_STYLE}
            />
          )}
        </Field>
        <TeamError error={create.error} />
        <Button type="submit" look="primary" pending={create.isPending}>
          {t.team.create}
        </Button>
      </form>
    </Card>
  )
}

import { StyleSheet, View } from 'react-native'
import { useSignedIn } from '../session/session-provider.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Words } from '../../ui/words.tsx'
import { copy } from '../../copy.ts'
import { useMembers } from './use-organizations.ts'

const { t } = copy

/** The members of the organization and their roles. */
export function MemberList({ organizationId }: { organizationId: string }) {
  const { userId: ownId } = useSignedIn().acting
  const members = useMembers(organizationId)
  return (
    <Card>
      <Words as="title">{t.team.members}</Words>
      {members.isPending ? <Words as="quiet">{t.team.reading}</Words> : null}
      {members.isError && !members.data ? (
        <>
          <Words alert>{t.team.unread}</Words>
          <Button label={t.operation.again} onPress={() => void members.refetch()} />
        </>
      ) : null}
      {members.data?.members.map(({ id, userId, role, user }) => (
        <View key={id} style={styles.member}>
          <Words>{userId === ownId ? `${user.name} (${t.team.you})` : user.name}</Words>
          <Words as="quiet">{user.email}</Words>
          <Words as="quiet">
            {t.team.roles[role]} – {t.team.roleHints[role]}
          </Words>
        </View>
      ))}
    </Card>
  )
}

const styles = StyleSheet.create({ member: { gap: 2 } })

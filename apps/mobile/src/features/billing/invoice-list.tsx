import * as WebBrowser from 'expo-web-browser'
import { StyleSheet, View } from 'react-native'
import type { Outputs } from '../../connection/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Words } from '../../ui/words.tsx'
import { copy } from '../../copy.ts'

type Invoice = Outputs['billing']['summary']['invoices'][number]

const { t, f } = copy

/** Every invoice with its lines, and its document if the backend provides one. */
export function InvoiceList({ invoices }: { invoices: readonly Invoice[] }) {
  return (
    <Card>
      <Words as="title">{t.billing.invoices}</Words>
      {invoices.length === 0 ? <Words as="quiet">{t.billing.invoicesEmpty}</Words> : null}
      {invoices.map((invoice) => (
        <InvoiceLine key={invoice.number} invoice={invoice} />
      ))}
    </Card>
  )
}

function InvoiceLine({ invoice }: { invoice: Invoice }) {
  const { number, status, issuedAt, currency, total, lines, pdfUrl } = invoice
  return (
    <View style={styles.invoice}>
      <View style={styles.row}>
        <View style={styles.what}>
          <Words>{lines.map(({ description }) => description).join(', ')}</Words>
        </View>
        <Words>{f.money(total, currency)}</Words>
      </View>
      <View style={styles.row}>
        <View style={styles.what}>
          <Words as="quiet">
            {number} · {f.date(issuedAt)}
          </Words>
        </View>
        <Words as="quiet" {...(status === 'open' ? { tone: 'danger' as const } : {})}>
          {t.billing.invoiceStatuses[status]}
        </Words>
      </View>
      {pdfUrl ? (
        <Button
          label={t.billing.pdf}
          hint={t.billing.invoice(number)}
          kind="plain"
          onPress={() => void WebBrowser.openBrowserAsync(pdfUrl)}
        />
      ) : null}
    </View>
  )
}

const styles = StyleSheet.create({
  invoice: { gap: 2 },
  row: { flexDirection: 'row', gap: 12 },
  what: { flex: 1 },
})

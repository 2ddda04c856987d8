/** The offers and grants of pricing.yaml in German, by slug; the backend keeps the names of the file. */
export const deOffers: Partial<Record<string, { name: string; description?: string }>> = {
  free: { name: 'Kostenlos', description: 'Zum Ausprobieren.' },
  pro: { name: 'Pro', description: 'Für alle, die jeden Tag etwas machen.' },
  images_topup: { name: '50 Bilder', description: 'Zusätzliche Bilder, die nicht verfallen.' },
  tokens_topup: { name: '100.000 Token', description: 'Zusätzliche Token, die nicht verfallen.' },
  free_images: { name: '10 Bilder im Monat' },
  free_tokens: { name: '5.000 Token im Monat' },
  free_calls: { name: '100 Aufrufe im Monat' },
  pro_images: { name: '500 Bilder im Monat' },
  pro_tokens: { name: '500.000 Token im Monat' },
  unlimited_api_calls: { name: 'Unbegrenzte API-Aufrufe' },
  hd_images: { name: 'HD-Bilder' },
  topup_images: { name: '50 zusätzliche Bilder' },
  topup_tokens: { name: '100.000 zusätzliche Token' },
}

import * as WebBrowser from 'expo-web-browser'

/** In a browser the payment window returns to the start page; this window stays where it is. */
export const CHECKOUT_RETURN = '/'

/** Shows the payment page in a new window. */
export async function openCheckout(url: string): Promise<void> {
  await WebBrowser.openBrowserAsync(url)
}

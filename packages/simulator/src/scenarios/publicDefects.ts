/**
 * Defects of other payment integrations that were reported in public and that come from the gateway's side: what it
 * sends, when, how often, or not at all. Scenarios name them by number.
 */

export interface PublicDefect {
  readonly number: number
  /** What went wrong there, in one line. */
  readonly what: string
  /** Where it was reported: repository and issue. */
  readonly seen: string
}

export const publicDefects: ReadonlyArray<PublicDefect> = [
  {
    number: 1,
    what: "Return page and notification both act on the same change; the buyer gets two e-mails.",
    seen: "mollie/Shopware6#286, mollie/Shopware6#1037, Automattic/woocommerce-payments#3520"
  },
  {
    number: 2,
    what: "A return page that loads late puts a finished order back to pending.",
    seen: "Adyen/adyen-magento2#2726, mollie/magento2#1015"
  },
  {
    number: 3,
    what: "The same notification is stored twice, and mails go out again for weeks.",
    seen: "mollie/magento2#1047"
  },
  {
    number: 4,
    what: "Notifications of the first two minutes are ignored to avoid races; slow shoppers are lost.",
    seen: "mollie/Shopware6#1037"
  },
  {
    number: 5,
    what: "Notifications are handled some seconds later to avoid races, and races still.",
    seen: "medusajs/medusa#13301, PrestaShopCorp/ps_checkout#1546"
  },
  {
    number: 6,
    what: "The same notification at the same moment refunds or charges back several times.",
    seen: "mollie/laravel-cashier-mollie#321"
  },
  {
    number: 7,
    what: "A lock per payment lets two payments of one order run into each other.",
    seen: "mollie/PrestaShop#1251"
  },
  { number: 8, what: "A lock that ends by time ends before a slow call does.", seen: "mollie/WooCommerce#1063" },
  { number: 9, what: "An older notification that arrives later wins.", seen: "paypal/mirakl-hyperwallet-connector#35" },
  {
    number: 10,
    what: "A notification of an unfinished attempt overwrites a final state.",
    seen: "juspay/hyperswitch#10340"
  },
  {
    number: 13,
    what: "The gateway does not know the order for a while, and the payment never comes to an end.",
    seen: "juspay/hyperswitch#3675"
  },
  {
    number: 14,
    what: "A notification is lost while the shop is down; a paid order is cancelled.",
    seen: "mollie/magento2#123, mollie/magento2#740, mollie/magento2#901"
  },
  {
    number: 15,
    what: "The shopper closes the browser, no notification comes, and nobody ever asks.",
    seen: "mollie/mollie-odoo#10, saproto/saproto#1547"
  },
  {
    number: 16,
    what: "Of two attempts one fails and one is paid; the failed one cancels the order.",
    seen: "mollie/magento2#468"
  },
  {
    number: 17,
    what: "Every hit of an unsigned URL costs a call to the gateway.",
    seen: "django-oscar/django-oscar-docdata#51"
  },
  {
    number: 18,
    what: "Two writers collide in the database, and the shopper sees an error page.",
    seen: "medusajs/medusa#2601, medusajs/medusa#2948"
  },
  {
    number: 19,
    what: "A notification finishes an order that the checkout is still writing.",
    seen: "saleor/saleor#12647, medusajs/medusa#2341"
  },
  {
    number: 23,
    what: "A parser reads references and amounts as numbers and loses zeros.",
    seen: "NaturalIntelligence/fast-xml-parser#273, NaturalIntelligence/fast-xml-parser#547"
  },
  {
    number: 24,
    what: "A list with one entry is no list, a zero no value.",
    seen: "NaturalIntelligence/fast-xml-parser#490"
  },
  {
    number: 25,
    what: "A document type redefines entities, and values change.",
    seen: "CVE-2026-25896, CVE-2026-26278, CVE-2026-33036"
  }
]

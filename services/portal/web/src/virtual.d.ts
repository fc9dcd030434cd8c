declare module 'virtual:catalogue/*' {
  const messages: Record<string, string | import('react-intl').MessageFormatElement[]>;
  export default messages;
}
declare module 'virtual:names' {
  const fetchNames: Record<import('./intl/locale').Locale, () => Promise<import('./intl/names').Names>>;
  export default fetchNames;
}

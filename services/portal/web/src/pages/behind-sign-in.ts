/** The pages behind sign-in, each of which is loaded when it is first shown. */
export const behindSignIn = {
  Inbox: async () => (await import('./inbox')).Inbox,
  Subscriptions: async () => (await import('./subscriptions')).Subscriptions,
  Imports: async () => (await import('./imports')).Imports,
  ChooseFile: async () => (await import('./import/choose-file')).ChooseFile,
  OneImport: async () => (await import('./import')).OneImport,
  Directory: async () => (await import('./directory')).Directory,
  Operations: async () => (await import('./operations')).Operations,
  Settings: async () => (await import('./settings')).Settings,
  Mailbox: async () => (await import('./mailbox')).Mailbox,
};

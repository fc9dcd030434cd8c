import type { MailLocale } from './locale';

/** What the foot of every mail says, in the language of the mail. */
export const footerTexts: Record<MailLocale, FooterTexts> = {
  en: {
    asked: 'You get this mail because someone gave this address on our site.',
    notYou: 'If that was not you, do nothing: nothing else will be sent.',
    account: 'You get this mail because you have an account here.',
    stop: 'Stop these mails',
    settings: 'Choose what you hear about',
  },
  fr: {
    asked: 'Vous recevez ce message parce que cette adresse a été saisie sur notre site.',
    notYou: 'Si ce n’était pas vous, ne faites rien : aucun autre message ne suivra.',
    account: 'Vous recevez ce message parce que vous avez un compte ici.',
    stop: 'Ne plus recevoir ces messages',
    settings: 'Choisir ce que vous suivez',
  },
  ar: {
    asked: 'تصلك هذه الرسالة لأن هذا العنوان أُدخل في موقعنا.',
    notYou: 'إن لم تكن أنت من فعل ذلك فلا حاجة إلى أي إجراء، ولن تصلك رسالة أخرى.',
    account: 'تصلك هذه الرسالة لأن لديك حسابًا هنا.',
    stop: 'إيقاف هذه الرسائل',
    settings: 'اختر ما تتابعه',
  },
};

interface FooterTexts {
  asked: string;
  notYou: string;
  account: string;
  stop: string;
  settings: string;
}

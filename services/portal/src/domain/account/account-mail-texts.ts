/** Words of the mails of an account. `{organisation}` is filled in. */
export interface AccountMailTexts {
  subject: string;
  title: string;
  text: string;
  button: string;
  after: string;
}

type Kind = 'invitation' | 'password-reset' | 'password-changed';

export const accountMailTexts: Record<'en' | 'fr' | 'ar', Record<Kind, AccountMailTexts>> = {
  en: {
    invitation: {
      subject: 'Your invitation to Followthrough',
      title: 'You are invited to join {organisation}',
      text: 'Followthrough follows human-rights recommendations from the review to the change on the ground. With the link you choose a password and are in.',
      button: 'Accept the invitation',
      after: 'The link works for 14 days and for you alone. If you did not expect it, do nothing.',
    },
    'password-reset': {
      subject: 'Your new password for Followthrough',
      title: 'Choose a new password',
      text: 'Somebody, probably you, asked for a new password for this address.',
      button: 'Choose a new password',
      after:
        'The link works for one hour and once. If it was not you, do nothing: your password stays as it is.',
    },
    'password-changed': {
      subject: 'Your password for Followthrough was changed',
      title: 'Your password was changed',
      text: 'The password of your account was changed by a link that was sent to this address, and you were signed out everywhere.',
      button: 'Sign in',
      after: 'If it was not you, set a new password at once and tell your administrator.',
    },
  },
  fr: {
    invitation: {
      subject: 'Votre invitation à Followthrough',
      title: 'Vous êtes invité·e à rejoindre {organisation}',
      text: 'Followthrough suit les recommandations relatives aux droits de l’homme, de l’examen jusqu’au changement sur le terrain. Le lien vous permet de choisir un mot de passe et d’entrer.',
      button: 'Accepter l’invitation',
      after: 'Le lien est valable 14 jours, pour vous seul·e. Si vous ne l’attendiez pas, ne faites rien.',
    },
    'password-reset': {
      subject: 'Votre nouveau mot de passe Followthrough',
      title: 'Choisissez un nouveau mot de passe',
      text: 'Quelqu’un, sans doute vous, a demandé un nouveau mot de passe pour cette adresse.',
      button: 'Choisir un nouveau mot de passe',
      after:
        'Le lien est valable une heure, une seule fois. Si ce n’était pas vous, ne faites rien : votre mot de passe reste le même.',
    },
    'password-changed': {
      subject: 'Votre mot de passe Followthrough a été modifié',
      title: 'Votre mot de passe a été modifié',
      text: 'Le mot de passe de votre compte a été modifié au moyen d’un lien envoyé à cette adresse, et vous avez été déconnecté·e partout.',
      button: 'Se connecter',
      after:
        'Si ce n’était pas vous, définissez aussitôt un nouveau mot de passe et prévenez votre administrateur.',
    },
  },
  ar: {
    invitation: {
      subject: 'دعوتك إلى Followthrough',
      title: 'أنت مدعو للانضمام إلى {organisation}',
      text: 'يتابع Followthrough توصيات حقوق الإنسان من الاستعراض إلى التغيير على أرض الواقع. بهذا الرابط تختار كلمة مرور وتدخل.',
      button: 'قبول الدعوة',
      after: 'الرابط صالح لمدة 14 يومًا ولك وحدك. إن لم تكن تنتظره فلا حاجة إلى أي إجراء.',
    },
    'password-reset': {
      subject: 'كلمة مرورك الجديدة في Followthrough',
      title: 'اختر كلمة مرور جديدة',
      text: 'طلب أحدهم، ولعله أنت، كلمة مرور جديدة لهذا العنوان.',
      button: 'اختيار كلمة مرور جديدة',
      after:
        'الرابط صالح لساعة واحدة ولمرة واحدة. إن لم تكن أنت من طلبه فلا حاجة إلى أي إجراء، وتبقى كلمة مرورك كما هي.',
    },
    'password-changed': {
      subject: 'تم تغيير كلمة مرورك في Followthrough',
      title: 'تم تغيير كلمة مرورك',
      text: 'تم تغيير كلمة مرور حسابك برابط أُرسل إلى هذا العنوان، وسُجِّل خروجك من كل مكان.',
      button: 'تسجيل الدخول',
      after: 'إن لم تكن أنت من فعل ذلك فعيِّن كلمة مرور جديدة فورًا وأبلغ المسؤول.',
    },
  },
};

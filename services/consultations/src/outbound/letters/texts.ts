import type { MailLocale, PluralForms } from '@followthrough/mail';

export interface LetterTexts {
  asked: { subject: string; count: PluralForms; due: string; how: string; button: string };
  passedOn: { subject: string; intro: string };
  reminder: { before: string; after: string; open: PluralForms };
  escalation: { subject: string; intro: string; open: PluralForms };
  returned: { subject: string; intro: string };
  moved: { subject: string; intro: string };
  code: { subject: string; intro: string; valid: string; never: string };
  /** Why the reader gets it. */
  reason: string;
  reasonColleague: string;
  reasonSupervisor: string;
}

export const letterTexts: Record<MailLocale, LetterTexts> = {
  en: {
    asked: {
      subject: 'Please report by {due}: {title}',
      count: {
        one: '{institution} leads on one recommendation of this round.',
        other: '{institution} leads on # recommendations of this round.',
      },
      due: 'Your answers are asked for by {due}.',
      how: 'The link needs no account: a code is sent to this address. Where nothing has changed, one tap says so. You can pass single recommendations on to colleagues.',
      button: 'Answer',
    },
    passedOn: {
      subject: 'Passed on to you: {title}',
      intro: 'A colleague asks for your part of the answers of {institution}.',
    },
    reminder: {
      before: 'Due on {due}: {title}',
      after: 'Was due on {due}: {title}',
      open: {
        one: 'One recommendation of {institution} is without an answer, or not handed in.',
        other: '# recommendations of {institution} are without an answer, or not handed in.',
      },
    },
    escalation: {
      subject: 'Not answered since {due}: {title}',
      intro:
        '{institution} was asked to report by {due} and has been reminded. Nothing has been handed in so far.',
      open: {
        one: 'One recommendation is without an answer.',
        other: '# recommendations are without an answer.',
      },
    },
    returned: {
      subject: 'Please look again: {title}',
      intro: 'The answers of {institution} were returned, with this reason:',
    },
    moved: {
      subject: 'New date {due}: {title}',
      intro: 'The answers of {institution} are now asked for by {due}.',
    },
    code: {
      subject: 'Your code: {code}',
      intro: 'Enter this code on the page that asks for it:',
      valid: 'It is valid for 15 minutes and works once.',
      never: 'If you did not ask for a code, do nothing. Nobody from us will ever ask you for it.',
    },
    reason: 'You get this mail because the coordinator of reporting named this address for {institution}.',
    reasonColleague: 'You get this mail because a colleague at {institution} passed this on to you.',
    reasonSupervisor: 'You get this mail because you were named as the supervisor for {institution}.',
  },
  fr: {
    asked: {
      subject: 'À renseigner d’ici le {due} : {title}',
      count: {
        one: '{institution} est chef de file pour une recommandation de cette collecte.',
        other: '{institution} est chef de file pour # recommandations de cette collecte.',
      },
      due: 'Vos réponses sont attendues d’ici le {due}.',
      how: 'Le lien ne demande pas de compte : un code est envoyé à cette adresse. Si rien n’a changé, un seul geste suffit pour le dire. Vous pouvez confier des recommandations à des collègues.',
      button: 'Répondre',
    },
    passedOn: {
      subject: 'On vous confie : {title}',
      intro: 'Un ou une collègue vous demande votre part des réponses de {institution}.',
    },
    reminder: {
      before: 'Échéance le {due} : {title}',
      after: 'Échéance passée le {due} : {title}',
      open: {
        one: 'Une recommandation de {institution} est sans réponse, ou n’a pas été remise.',
        other: '# recommandations de {institution} sont sans réponse, ou n’ont pas été remises.',
      },
    },
    escalation: {
      subject: 'Sans réponse depuis le {due} : {title}',
      intro:
        '{institution} devait répondre d’ici le {due} et a reçu des rappels. Rien n’a été remis jusqu’à présent.',
      open: {
        one: 'Une recommandation est sans réponse.',
        other: '# recommandations sont sans réponse.',
      },
    },
    returned: {
      subject: 'À revoir : {title}',
      intro: 'Les réponses de {institution} ont été renvoyées, pour cette raison :',
    },
    moved: {
      subject: 'Nouvelle échéance le {due} : {title}',
      intro: 'Les réponses de {institution} sont désormais attendues d’ici le {due}.',
    },
    code: {
      subject: 'Votre code : {code}',
      intro: 'Saisissez ce code sur la page qui le demande :',
      valid: 'Il est valable 15 minutes et ne sert qu’une fois.',
      never:
        'Si vous n’avez pas demandé de code, ne faites rien. Personne chez nous ne vous le demandera jamais.',
    },
    reason:
      'Vous recevez ce message parce que la coordination des rapports a indiqué cette adresse pour {institution}.',
    reasonColleague:
      'Vous recevez ce message parce qu’un ou une collègue de {institution} vous a transmis cette demande.',
    reasonSupervisor:
      'Vous recevez ce message parce que vous êtes indiqué comme responsable hiérarchique pour {institution}.',
  },
  ar: {
    asked: {
      subject: 'يُرجى الإفادة قبل {due}: {title}',
      count: {
        one: '{institution}: الجهة الرائدة في توصية واحدة من هذه الجولة.',
        two: '{institution}: الجهة الرائدة في توصيتين من هذه الجولة.',
        few: '{institution}: الجهة الرائدة في # توصيات من هذه الجولة.',
        other: '{institution}: الجهة الرائدة في # توصية من هذه الجولة.',
      },
      due: 'آخر موعد للإجابات هو {due}.',
      how: 'لا يحتاج الرابط إلى حساب: يُرسل رمز إلى هذا العنوان. وإن لم يتغير شيء فلمسة واحدة تكفي لقول ذلك. ويمكنكم إحالة توصيات إلى زملاء.',
      button: 'الإجابة',
    },
    passedOn: {
      subject: 'أُحيل إليكم: {title}',
      intro: 'يطلب أحد الزملاء نصيبكم من إجابات {institution}.',
    },
    reminder: {
      before: 'الموعد {due}: {title}',
      after: 'انقضى الموعد في {due}: {title}',
      open: {
        one: 'توصية واحدة لدى {institution} بلا إجابة أو لم تُسلَّم.',
        two: 'توصيتان لدى {institution} بلا إجابة أو لم تُسلَّما.',
        few: '# توصيات لدى {institution} بلا إجابة أو لم تُسلَّم.',
        other: '# توصية لدى {institution} بلا إجابة أو لم تُسلَّم.',
      },
    },
    escalation: {
      subject: 'بلا إجابة منذ {due}: {title}',
      intro: 'طُلب من {institution} الإفادة قبل {due} وأُرسلت تذكيرات، ولم يُسلَّم شيء حتى الآن.',
      open: {
        one: 'توصية واحدة بلا إجابة.',
        two: 'توصيتان بلا إجابة.',
        few: '# توصيات بلا إجابة.',
        other: '# توصية بلا إجابة.',
      },
    },
    returned: {
      subject: 'يُرجى المراجعة: {title}',
      intro: 'أُعيدت إجابات {institution} للسبب الآتي:',
    },
    moved: {
      subject: 'موعد جديد {due}: {title}',
      intro: 'صار آخر موعد لإجابات {institution} هو {due}.',
    },
    code: {
      subject: 'رمزكم: {code}',
      intro: 'أدخلوا هذا الرمز في الصفحة التي تطلبه:',
      valid: 'يصلح الرمز 15 دقيقة ولمرة واحدة.',
      never: 'إن لم تطلبوا رمزًا فلا حاجة إلى أي إجراء. ولن يطلبه منكم أحد من جهتنا أبدًا.',
    },
    reason: 'تصلكم هذه الرسالة لأن منسق التقارير سمّى هذا العنوان لجهة {institution}.',
    reasonColleague: 'تصلكم هذه الرسالة لأن أحد الزملاء في {institution} أحال هذا الطلب إليكم.',
    reasonSupervisor: 'تصلكم هذه الرسالة لأنكم سُمّيتم مشرفين على {institution}.',
  },
};

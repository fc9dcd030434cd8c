import type { Texts } from './shape';

export const fr: Texts = {
  subject: {
    import: {
      one: '1 recommandation que vous suivez : {states}',
      other: '# recommandations que vous suivez : {states}',
    },
    immediate: {
      one: '1 recommandation que vous suivez : {states}',
      other: '# recommandations que vous suivez : {states}',
    },
    daily: {
      one: 'Aujourd’hui : 1 recommandation que vous suivez : {states}',
      other: 'Aujourd’hui : # recommandations que vous suivez : {states}',
    },
    weekly: {
      one: 'Cette semaine : 1 recommandation que vous suivez : {states}',
      other: 'Cette semaine : # recommandations que vous suivez : {states}',
    },
  },
  correction: {
    subject: 'Rectification : notre message précédent est annulé',
    body: {
      one: 'Nous vous avons signalé 1 recommandation provenant d’un fichier retiré depuis.',
      other: 'Nous vous avons signalé # recommandations provenant d’un fichier retiré depuis.',
    },
    advice:
      'Merci de ne pas vous fier à ce message. Les recommandations qui figurent aussi dans d’autres sources restent sur le site.',
  },
  what: { recorded: 'nouvelle', revised: 'modifiée : {changed}', withdrawn: 'retirée' },
  positionWas: 'Position précédente : {before}.',
  pledge: 'Engagement volontaire',
  from: 'De : {states}',
  more: { one: 'et 1 autre', other: 'et # autres' },
  seeAll: 'Tout voir',
  withoutState: 'Sans État examiné',
  because: 'Vous recevez ce message parce que vous suivez : {filter}.',
  stopOne: 'Ne plus suivre : {filter}',
  positions: {
    supported: 'Acceptée',
    noted: 'Notée',
    partly: 'Partiellement acceptée',
    pending: 'En suspens',
    unclear: 'Peu claire',
    none: 'Sans position',
  },
  fields: {
    stateUnderReview: 'État examiné',
    recommendingState: 'État auteur',
    position: 'position',
    theme: 'thème',
    group: 'groupe de personnes',
    sdg: 'ODD',
    mechanism: 'mécanisme',
    cycle: 'cycle',
    session: 'session',
    actionCategory: 'catégorie d’action',
    kind: 'type',
    q: 'mots',
  },
  changedFields: {
    position: 'position',
    text: 'texte',
    themes: 'thèmes',
    groups: 'groupes de personnes',
    sdgs: 'ODD',
    recommendingStates: 'États auteurs',
    paragraph: 'paragraphe',
    symbol: 'document',
    other: 'détails',
  },
  everything: 'toutes les recommandations',
  none: 'aucun',
  follow: {
    subject: 'À confirmer : suivre des recommandations',
    intro: 'Quelqu’un a demandé que cette adresse reçoive des nouvelles de recommandations. Vous suivriez :',
    button: 'Oui, tenez-moi au courant',
    validity: 'Le lien est valable sept jours.',
  },
  verify: {
    subject: 'Confirmez votre adresse',
    intro:
      'Cette adresse a été saisie pour un compte sur notre site. Confirmez-la pour y recevoir des messages.',
    button: 'Confirmer cette adresse',
    validity: 'Le lien est valable sept jours ; il faut être connecté.',
  },
  test: {
    subject: 'Message d’essai',
    body: 'Ce message montre que les messages de ce site vous parviennent.',
  },
  page: {
    title: 'Ne plus recevoir ces messages',
    askAll: 'Vous ne recevrez plus de messages sur des recommandations à cette adresse.',
    askOne: 'Vous ne suivrez plus : {filter}.',
    button: 'Arrêter',
    done: 'C’est fait. Vous ne recevrez plus ces messages.',
    unknown: 'Ce lien n’est pas de nous, ou ce qu’il arrêtait a pris fin. Vous n’avez rien à faire.',
  },
};

const asked = ['Adopt', 'Review', 'Continue', 'Consider', 'Strengthen'];
const fields = [
  'the plan on clean rivers',
  'the law on night work',
  'the school meals scheme',
  'the register of births',
];
const recommending = ['Norway', 'Ghana', 'Chile', 'Japan', 'Jordan', 'Fiji'];

/** An export in the layout of UPR Info about one State, of invented recommendations, each different from `first` on. */
export function exportOf(rows: number, state = 'Slovenia', first = 1): Buffer {
  const lines = ['To,To-Rgrp,To-Org,Text,From,From-Rgrp,From-Org,Response,Action,Issue,Session'];
  for (let row = first; row < first + rows; row += 1) {
    const text = `${asked[row % 5]} ${fields[row % 4]} in district ${row}`;
    const response = row % 4 === 0 ? 'Noted' : 'Accepted';
    lines.push(
      `${state},EEG,EU,"${text}",${recommending[row % 6]},WEOG,,${response},${(row % 5) + 1},"Environment,Labour",20`,
    );
  }
  return Buffer.from(lines.join('\r\n'), 'utf8');
}

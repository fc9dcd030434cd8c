import { rowsOf, type Reader } from '../rows-of';

/** What became of each section that was handed in, and which organisations of the directory contributed. */
export async function outcomeOf(
  reader: Reader,
  consultationId: string,
): Promise<{
  sections: { sectionId: string; outcome: string; actionIds: string[] }[];
  organisationIds: string[];
}> {
  const sections = await rowsOf<{ sectionId: string; outcome: string; actionIds: string[] }>(
    reader,
    `select s.id as "sectionId", d.outcome,
            array(select l.to_id::text from lineage l where l.from_type = 'section' and l.from_id = s.id order by 1) as "actionIds"
     from submission u join submission_section s on s.submission_id = u.id join disposition d on d.section_id = s.id
     where u.consultation_id = $1 and u.state = 'submitted' order by s.id`,
    [consultationId],
  );
  const organisations = await rowsOf<{ id: string }>(
    reader,
    `select distinct organisation_id as id from submission
     where consultation_id = $1 and state = 'submitted' and organisation_id is not null order by 1`,
    [consultationId],
  );
  return { sections, organisationIds: organisations.map(({ id }) => id) };
}

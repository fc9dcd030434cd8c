import { useNavigate, useSearch } from '@tanstack/react-router';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components/Tabs';
import { useWords } from '../../intl/words';
import { Aria } from '../../parts/aria';
import { Guard } from '../../parts/guard';
import { PageTop } from '../../parts/page';
import type { DirectorySearch } from '../../search';
import { Invitations } from './invitations';
import { Members } from './members';
import { Organisations } from './organisations';
import { ServiceAccounts } from './service-accounts';
import './directory.css';
import '../../styles/tabs.css';

const parts = ['members', 'organisations', 'invitations', 'service-accounts'] as const;
type Part = (typeof parts)[number];

/** Who takes part: organisations, their people, those invited, and programs. */
export function Directory() {
  const { t } = useWords();
  return (
    <Guard needs="directory.read">
      <PageTop title={t('nav.directory')} lead={t('work.directory.lead')} />
      <Parts />
    </Guard>
  );
}

function Parts() {
  const { t } = useWords();
  const { part = 'members' } = useSearch({ from: '/work/directory' });
  const navigate = useNavigate({ from: '/directory' });
  const show = (key: Part): DirectorySearch => (key === 'members' ? {} : { part: key });
  return (
    <Aria>
      <Tabs
        className="tabs"
        selectedKey={part}
        onSelectionChange={(key) =>
          void navigate({ to: '/directory', search: show(key as Part), resetScroll: false })
        }
      >
        <TabList className="tab-list" aria-label={t('nav.directory')}>
          {parts.map((one) => (
            <Tab key={one} id={one} className="tab">
              {t(`work.directory.${one}`)}
            </Tab>
          ))}
        </TabList>
        <TabPanel id="members" className="tab-panel">
          <Members />
        </TabPanel>
        <TabPanel id="organisations" className="tab-panel">
          <Organisations />
        </TabPanel>
        <TabPanel id="invitations" className="tab-panel">
          <Invitations />
        </TabPanel>
        <TabPanel id="service-accounts" className="tab-panel">
          <ServiceAccounts />
        </TabPanel>
      </Tabs>
    </Aria>
  );
}

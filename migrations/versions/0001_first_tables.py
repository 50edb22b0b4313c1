"""first tables

Revision ID: 0001
Create Date: 2026-11-22 10:59:39.872948

"""
import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('board_templates',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('slug', sa.String(length=30), nullable=False),
    sa.Column('name_de', sa.String(length=60), nullable=False),
    sa.Column('name_en', sa.String(length=60), nullable=False),
    sa.Column('slots', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_board_templates')),
    sa.UniqueConstraint('slug', name=op.f('uq_board_templates_slug'))
    )
    op.create_table('formula_versions',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('valid_from', UtcDateTime(), nullable=False),
    sa.Column('parameters', sa.JSON(), nullable=False),
    sa.Column('why_de', sa.String(length=300), nullable=False),
    sa.Column('why_en', sa.String(length=300), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_formula_versions'))
    )
    op.create_table('jobs',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.Column('due_at', UtcDateTime(), nullable=False),
    sa.Column('priority', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('attempts', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('lease_until', UtcDateTime(), nullable=True),
    sa.Column('lease_by', sa.String(length=60), nullable=True),
    sa.Column('error', sa.Text(), nullable=True),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.CheckConstraint("state IN ('waiting','running','done','dead')", name=op.f('ck_jobs_state')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_jobs'))
    )
    with op.batch_alter_table('jobs', schema=None) as batch_op:
        batch_op.create_index('ix_jobs_due', ['state', 'due_at', 'priority'], unique=False)
        batch_op.create_index('uq_jobs_waiting', ['kind', 'key'], unique=True, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))

    op.create_table('journal_counts',
    sa.Column('type', sa.SmallInteger(), nullable=False),
    sa.Column('object_kind', sa.String(length=16), nullable=False),
    sa.Column('object_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('hour', UtcDateTime(), nullable=False),
    sa.Column('n', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.PrimaryKeyConstraint('type', 'object_kind', 'object_id', 'hour', name=op.f('pk_journal_counts'))
    )
    op.create_table('journal_days',
    sa.Column('type', sa.SmallInteger(), nullable=False),
    sa.Column('object_kind', sa.String(length=16), nullable=False),
    sa.Column('object_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('via_kind', sa.String(length=16), nullable=False),
    sa.Column('n', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('actors', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.PrimaryKeyConstraint('type', 'object_kind', 'object_id', 'day', 'via_kind', name=op.f('pk_journal_days'))
    )
    op.create_table('journal_entries',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('type', sa.SmallInteger(), nullable=False),
    sa.Column('actor', sa.LargeBinary(length=16), nullable=True),
    sa.Column('object_kind', sa.String(length=16), nullable=True),
    sa.Column('object_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('via_kind', sa.String(length=16), nullable=True),
    sa.Column('via_id', sa.String(length=40), nullable=True),
    sa.Column('extra', sa.JSON(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_journal_entries'))
    )
    with op.batch_alter_table('journal_entries', schema=None) as batch_op:
        batch_op.create_index('ix_journal_entries_actor_at', ['actor', 'at'], unique=False)
        batch_op.create_index('ix_journal_entries_object', ['object_kind', 'object_id', 'at'], unique=False)
        batch_op.create_index('ix_journal_entries_type_at', ['type', 'at'], unique=False)

    op.create_table('journal_keys',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('scope', sa.String(length=8), nullable=False),
    sa.Column('period', sa.String(length=12), nullable=False),
    sa.Column('secret', sa.LargeBinary(length=32), nullable=True),
    sa.Column('opened_at', UtcDateTime(), nullable=False),
    sa.Column('destroyed_at', UtcDateTime(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_journal_keys')),
    sa.UniqueConstraint('scope', 'period', name=op.f('uq_journal_keys_scope_period'))
    )
    op.create_table('matters',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.String(length=12), nullable=False),
    sa.Column('object_kind', sa.String(length=12), nullable=False),
    sa.Column('object_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('opened_at', UtcDateTime(), nullable=False),
    sa.Column('urgent', sa.Boolean(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.CheckConstraint("state IN ('open','waiting_author','decided','appealed','closed')", name=op.f('ck_matters_state')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_matters')),
    sa.UniqueConstraint('number', name=op.f('uq_matters_number'))
    )
    with op.batch_alter_table('matters', schema=None) as batch_op:
        batch_op.create_index('uq_matters_open', ['object_kind', 'object_id'], unique=True, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))

    op.create_table('moderation_log',
    sa.Column('n', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('entry', sa.JSON(), nullable=False),
    sa.Column('previous_hash', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('n', name=op.f('pk_moderation_log'))
    )
    op.create_table('occasions',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('slug', sa.String(length=40), nullable=False),
    sa.Column('name_de', sa.String(length=60), nullable=False),
    sa.Column('name_en', sa.String(length=60), nullable=False),
    sa.Column('words_de', sa.JSON(), nullable=False),
    sa.Column('words_en', sa.JSON(), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_occasions')),
    sa.UniqueConstraint('slug', name=op.f('uq_occasions_slug'))
    )
    op.create_table('pages',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('slug', sa.String(length=40), nullable=False),
    sa.Column('lang', sa.String(length=2), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('valid_from', UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pages')),
    sa.UniqueConstraint('slug', 'lang', 'valid_from', name=op.f('uq_pages_slug_lang_valid_from'))
    )
    op.create_table('payment_notices',
    sa.Column('source', sa.String(length=16), nullable=False),
    sa.Column('event_id', sa.String(length=80), nullable=False),
    sa.Column('kind', sa.String(length=24), nullable=False),
    sa.Column('reference', sa.String(length=80), nullable=False),
    sa.Column('order_number', sa.String(length=8), nullable=False),
    sa.Column('minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('received_at', UtcDateTime(), nullable=False),
    sa.Column('handled_at', UtcDateTime(), nullable=True),
    sa.Column('outcome', sa.String(length=16), nullable=True),
    sa.PrimaryKeyConstraint('source', 'event_id', name=op.f('pk_payment_notices'))
    )
    op.create_table('people',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('handle', sa.String(length=30), nullable=False),
    sa.Column('handle_folded', sa.String(length=30), nullable=False),
    sa.Column('display_name', sa.String(length=40), nullable=True),
    sa.Column('about', sa.Text(), nullable=True),
    sa.Column('region', sa.String(length=80), nullable=True),
    sa.Column('picture_file', sa.String(length=80), nullable=True),
    sa.Column('picture_seed', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('lang', sa.String(length=2), nullable=False),
    sa.Column('time_zone', sa.String(length=40), nullable=False),
    sa.Column('joined_on', sa.Date(), nullable=False),
    sa.Column('age_class', sa.String(length=8), nullable=False),
    sa.Column('trust_level', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('trust_since', sa.Date(), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('is_moderator', sa.Boolean(), nullable=False),
    sa.Column('is_operator', sa.Boolean(), nullable=False),
    sa.Column('page_indexed', sa.Boolean(), nullable=False),
    sa.Column('suggestions_on', sa.Boolean(), nullable=False),
    sa.Column('counted', sa.Boolean(), nullable=False),
    sa.Column('theme', sa.String(length=5), nullable=False),
    sa.CheckConstraint("state IN ('active','closing','closed','suspended','erased')", name=op.f('ck_people_state')),
    sa.CheckConstraint('trust_level BETWEEN 0 AND 3', name=op.f('ck_people_trust_level')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_people')),
    sa.UniqueConstraint('handle_folded', name=op.f('uq_people_handle_folded'))
    )
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.create_index('ix_people_state', ['state'], unique=False)

    op.create_table('search_documents',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('object_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('title_folded', sa.String(length=200), nullable=False),
    sa.Column('maker', sa.Text(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('categories', sa.JSON(), nullable=False),
    sa.Column('producer', sa.String(length=60), nullable=False),
    sa.Column('region', sa.String(length=80), nullable=False),
    sa.Column('occasions', sa.JSON(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('price_minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('unit_price_minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('available', sa.Boolean(), nullable=False),
    sa.Column('q10', sa.Double(), nullable=False),
    sa.Column('newest', UtcDateTime(), nullable=False),
    sa.Column('visibility', sa.String(length=10), nullable=False),
    sa.Column('version', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_documents')),
    sa.UniqueConstraint('kind', 'object_id', name=op.f('uq_search_documents_kind_object_id'))
    )
    with op.batch_alter_table('search_documents', schema=None) as batch_op:
        batch_op.create_index('ix_search_documents_title', ['title_folded'], unique=False)
        batch_op.create_index('ix_search_documents_version', ['version'], unique=False)

    op.create_table('searches',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('words', sa.String(length=200), nullable=False),
    sa.Column('lang', sa.String(length=2), nullable=False),
    sa.Column('n', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('empty', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.PrimaryKeyConstraint('day', 'words', 'lang', name=op.f('pk_searches'))
    )
    op.create_table('signal_clock',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('stamp', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ties', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signal_clock'))
    )
    op.create_table('stops',
    sa.Column('to_hash', sa.String(length=64), nullable=False),
    sa.Column('class', sa.String(length=24), nullable=False),
    sa.Column('cause', sa.String(length=10), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('to_hash', 'class', name=op.f('pk_stops'))
    )
    op.create_table('subjects',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('slug', sa.String(length=40), nullable=False),
    sa.Column('name_de', sa.String(length=60), nullable=False),
    sa.Column('name_en', sa.String(length=60), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_subjects')),
    sa.UniqueConstraint('slug', name=op.f('uq_subjects_slug'))
    )
    op.create_table('accounts',
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('email_folded', sa.String(length=254), nullable=False),
    sa.Column('confirmed_at', UtcDateTime(), nullable=True),
    sa.Column('password_hash', sa.String(length=200), nullable=True),
    sa.Column('active_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_accounts_person_id_people')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_accounts')),
    sa.UniqueConstraint('email_folded', name=op.f('uq_accounts_email_folded'))
    )
    op.create_table('addresses',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('label', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('lines', sa.String(length=200), nullable=False),
    sa.Column('postcode', sa.String(length=12), nullable=False),
    sa.Column('city', sa.String(length=80), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('phone', sa.String(length=20), nullable=True),
    sa.Column('is_default', sa.Boolean(), nullable=False),
    sa.Column('made_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_addresses_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_addresses'))
    )
    with op.batch_alter_table('addresses', schema=None) as batch_op:
        batch_op.create_index('ix_addresses_person_id', ['person_id'], unique=False)

    op.create_table('audit_log',
    sa.Column('n', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('action', sa.String(length=60), nullable=False),
    sa.Column('object_kind', sa.String(length=16), nullable=False),
    sa.Column('object_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('previous_hash', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_audit_log_person_id_people')),
    sa.PrimaryKeyConstraint('n', name=op.f('pk_audit_log'))
    )
    op.create_table('baskets',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('key', sa.String(length=32), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('postcode', sa.String(length=12), nullable=True),
    sa.Column('version', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('touched_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_baskets_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_baskets')),
    sa.UniqueConstraint('key', name=op.f('uq_baskets_key')),
    sa.UniqueConstraint('person_id', name=op.f('uq_baskets_person_id'))
    )
    op.create_table('blocks',
    sa.Column('owner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('other_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.CheckConstraint('owner_id <> other_id', name=op.f('ck_blocks_not_oneself')),
    sa.ForeignKeyConstraint(['other_id'], ['people.id'], name=op.f('fk_blocks_other_id_people')),
    sa.ForeignKeyConstraint(['owner_id'], ['people.id'], name=op.f('fk_blocks_owner_id_people')),
    sa.PrimaryKeyConstraint('owner_id', 'other_id', name=op.f('pk_blocks'))
    )
    with op.batch_alter_table('blocks', schema=None) as batch_op:
        batch_op.create_index('ix_blocks_other_id', ['other_id'], unique=False)

    op.create_table('categories',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('parent_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('slug', sa.String(length=60), nullable=False),
    sa.Column('name_de', sa.String(length=80), nullable=False),
    sa.Column('name_en', sa.String(length=80), nullable=False),
    sa.Column('subject_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('template', sa.String(length=20), nullable=False),
    sa.Column('tax_category', sa.String(length=12), nullable=False),
    sa.Column('age_class', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('opinion_after_days', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('rebuy', sa.Boolean(), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.CheckConstraint('age_class IN (0, 16, 18)', name=op.f('ck_categories_age_class')),
    sa.ForeignKeyConstraint(['parent_id'], ['categories.id'], name=op.f('fk_categories_parent_id_categories')),
    sa.ForeignKeyConstraint(['subject_id'], ['subjects.id'], name=op.f('fk_categories_subject_id_subjects')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_categories')),
    sa.UniqueConstraint('slug', name=op.f('uq_categories_slug'))
    )
    op.create_table('choices',
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('class', sa.String(length=24), nullable=False),
    sa.Column('channel', sa.String(length=4), nullable=False),
    sa.Column('on', sa.Boolean(), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_choices_person_id_people')),
    sa.PrimaryKeyConstraint('person_id', 'class', 'channel', name=op.f('pk_choices'))
    )
    op.create_table('consents',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('guest_key', sa.String(length=64), nullable=True),
    sa.Column('purpose', sa.String(length=30), nullable=False),
    sa.Column('text_version', sa.String(length=20), nullable=False),
    sa.Column('given_at', UtcDateTime(), nullable=False),
    sa.Column('place', sa.String(length=40), nullable=False),
    sa.Column('withdrawn_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_consents_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consents'))
    )
    with op.batch_alter_table('consents', schema=None) as batch_op:
        batch_op.create_index('ix_consents_person', ['person_id', 'purpose'], unique=False)

    op.create_table('decisions',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('matter_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reason', sa.String(length=24), nullable=False),
    sa.Column('measure', sa.String(length=10), nullable=False),
    sa.Column('facts', sa.Text(), nullable=False),
    sa.Column('milder_why', sa.Text(), nullable=False),
    sa.Column('decided_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('level', sa.String(length=4), nullable=False),
    sa.CheckConstraint("NOT (reason = 'off_topic' AND measure = 'remove')", name=op.f('ck_decisions_off_topic')),
    sa.CheckConstraint("measure IN ('none','hint','edit','label','collapse','hold','remove','restore')", name=op.f('ck_decisions_measure')),
    sa.CheckConstraint("reason IN ('insult','false_fact','threat_hate','personal_data','ip','youth','dangerous_product','spam_or_undeclared_ad','off_topic','sham_review','duplicate')", name=op.f('ck_decisions_reason')),
    sa.ForeignKeyConstraint(['decided_by'], ['people.id'], name=op.f('fk_decisions_decided_by_people')),
    sa.ForeignKeyConstraint(['matter_id'], ['matters.id'], name=op.f('fk_decisions_matter_id_matters')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decisions'))
    )
    with op.batch_alter_table('decisions', schema=None) as batch_op:
        batch_op.create_index('ix_decisions_matter_id', ['matter_id'], unique=False)

    op.create_table('follows',
    sa.Column('follower_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('followed_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.CheckConstraint('follower_id <> followed_id', name=op.f('ck_follows_not_oneself')),
    sa.ForeignKeyConstraint(['followed_id'], ['people.id'], name=op.f('fk_follows_followed_id_people')),
    sa.ForeignKeyConstraint(['follower_id'], ['people.id'], name=op.f('fk_follows_follower_id_people')),
    sa.PrimaryKeyConstraint('follower_id', 'followed_id', name=op.f('pk_follows'))
    )
    with op.batch_alter_table('follows', schema=None) as batch_op:
        batch_op.create_index('ix_follows_followed_id', ['followed_id'], unique=False)

    op.create_table('groups',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('slug', sa.String(length=60), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('purpose', sa.String(length=280), nullable=False),
    sa.Column('subject_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('lang', sa.String(length=2), nullable=False),
    sa.Column('region', sa.String(length=80), nullable=True),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('founder_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('picture_seed', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('founded_on', sa.Date(), nullable=False),
    sa.Column('last_act_at', UtcDateTime(), nullable=False),
    sa.Column('member_count', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('topic_count', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint("kind IN ('open','closed','secret')", name=op.f('ck_groups_kind')),
    sa.CheckConstraint("state IN ('alive','resting','ended')", name=op.f('ck_groups_state')),
    sa.ForeignKeyConstraint(['founder_id'], ['people.id'], name=op.f('fk_groups_founder_id_people')),
    sa.ForeignKeyConstraint(['subject_id'], ['subjects.id'], name=op.f('fk_groups_subject_id_subjects')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_groups')),
    sa.UniqueConstraint('slug', name=op.f('uq_groups_slug'))
    )
    with op.batch_alter_table('groups', schema=None) as batch_op:
        batch_op.create_index('ix_groups_kind', ['kind', 'state', 'subject_id'], unique=False)

    op.create_table('letters',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('email', sa.String(length=254), nullable=True),
    sa.Column('class', sa.String(length=24), nullable=False),
    sa.Column('template', sa.String(length=40), nullable=False),
    sa.Column('args', sa.JSON(), nullable=False),
    sa.Column('lang', sa.String(length=2), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('why_skipped', sa.String(length=40), nullable=True),
    sa.Column('due_at', UtcDateTime(), nullable=False),
    sa.Column('sent_at', UtcDateTime(), nullable=True),
    sa.Column('message_id', sa.String(length=80), nullable=False),
    sa.CheckConstraint("state IN ('waiting','sent','skipped','failed')", name=op.f('ck_letters_state')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_letters_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letters')),
    sa.UniqueConstraint('message_id', name=op.f('uq_letters_message_id'))
    )
    with op.batch_alter_table('letters', schema=None) as batch_op:
        batch_op.create_index('ix_letters_person', ['person_id', 'class', 'sent_at'], unique=False)
        batch_op.create_index('ix_letters_state', ['state', 'due_at'], unique=False)

    op.create_table('logins',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('id_hash', sa.String(length=64), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('made_at', UtcDateTime(), nullable=False),
    sa.Column('seen_on', sa.Date(), nullable=False),
    sa.Column('strong_until', UtcDateTime(), nullable=True),
    sa.Column('label', sa.String(length=60), nullable=False),
    sa.Column('expires_at', UtcDateTime(), nullable=False),
    sa.Column('ended_at', UtcDateTime(), nullable=True),
    sa.Column('ended_by', sa.String(length=12), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_logins_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_logins')),
    sa.UniqueConstraint('id_hash', name=op.f('uq_logins_id_hash'))
    )
    with op.batch_alter_table('logins', schema=None) as batch_op:
        batch_op.create_index('ix_logins_person', ['person_id', 'ended_at'], unique=False)

    op.create_table('mail_tokens',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('purpose', sa.String(length=12), nullable=False),
    sa.Column('expires_at', UtcDateTime(), nullable=False),
    sa.Column('used_at', UtcDateTime(), nullable=True),
    sa.CheckConstraint("purpose IN ('confirm','change','reset','undo_close')", name=op.f('ck_mail_tokens_purpose')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_mail_tokens_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mail_tokens')),
    sa.UniqueConstraint('hash', name=op.f('uq_mail_tokens_hash'))
    )
    op.create_table('mutes',
    sa.Column('owner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('other_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.CheckConstraint('owner_id <> other_id', name=op.f('ck_mutes_not_oneself')),
    sa.ForeignKeyConstraint(['other_id'], ['people.id'], name=op.f('fk_mutes_other_id_people')),
    sa.ForeignKeyConstraint(['owner_id'], ['people.id'], name=op.f('fk_mutes_owner_id_people')),
    sa.PrimaryKeyConstraint('owner_id', 'other_id', name=op.f('pk_mutes'))
    )
    op.create_table('notices',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('class', sa.String(length=24), nullable=False),
    sa.Column('merge_key', sa.String(length=80), nullable=False),
    sa.Column('title', sa.String(length=60), nullable=False),
    sa.Column('args', sa.JSON(), nullable=False),
    sa.Column('url', sa.String(length=300), nullable=False),
    sa.Column('count', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('first_at', UtcDateTime(), nullable=False),
    sa.Column('last_at', UtcDateTime(), nullable=False),
    sa.Column('read_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_notices_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notices'))
    )
    with op.batch_alter_table('notices', schema=None) as batch_op:
        batch_op.create_index('ix_notices_person', ['person_id', 'read_at', 'last_at'], unique=False)
        batch_op.create_index('uq_notices_unread', ['person_id', 'merge_key'], unique=True, sqlite_where=sa.text('read_at IS NULL'), postgresql_where=sa.text('read_at IS NULL'))

    op.create_table('old_handles',
    sa.Column('handle_folded', sa.String(length=30), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_old_handles_person_id_people')),
    sa.PrimaryKeyConstraint('handle_folded', name=op.f('pk_old_handles'))
    )
    op.create_table('orders',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.String(length=8), nullable=False),
    sa.Column('attempt_key', sa.String(length=40), nullable=False),
    sa.Column('buyer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('buyer_key', sa.String(length=64), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('ship_to', sa.JSON(), nullable=False),
    sa.Column('bill_to', sa.JSON(), nullable=True),
    sa.Column('method', sa.String(length=16), nullable=False),
    sa.Column('mode', sa.String(length=4), nullable=False),
    sa.Column('guest_secret_hash', sa.String(length=64), nullable=True),
    sa.Column('review_consent', sa.Boolean(), nullable=False),
    sa.Column('goods_minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('deposit_minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('shipping_minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('total_minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('placed_at', UtcDateTime(), nullable=False),
    sa.CheckConstraint("mode IN ('live','test','demo')", name=op.f('ck_orders_mode')),
    sa.ForeignKeyConstraint(['buyer_id'], ['people.id'], name=op.f('fk_orders_buyer_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_orders')),
    sa.UniqueConstraint('attempt_key', name=op.f('uq_orders_attempt_key')),
    sa.UniqueConstraint('number', name=op.f('uq_orders_number'))
    )
    with op.batch_alter_table('orders', schema=None) as batch_op:
        batch_op.create_index('ix_orders_buyer', ['buyer_id', 'placed_at'], unique=False)
        batch_op.create_index('ix_orders_buyer_key', ['buyer_key'], unique=False)

    op.create_table('producers',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('slug', sa.String(length=60), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('subject_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('region', sa.String(length=80), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('place', sa.String(length=80), nullable=False),
    sa.Column('teaser_de', sa.String(length=200), nullable=False),
    sa.Column('teaser_en', sa.String(length=200), nullable=False),
    sa.Column('header_picture', sa.String(length=80), nullable=True),
    sa.Column('palette', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('paused_until', sa.Date(), nullable=True),
    sa.Column('paused_words', sa.String(length=200), nullable=True),
    sa.Column('time_zone', sa.String(length=40), nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=True),
    sa.Column('follower_count', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('website', sa.String(length=200), nullable=True),
    sa.CheckConstraint("state IN ('draft','open','selling','paused','suspended','ended')", name=op.f('ck_producers_state')),
    sa.ForeignKeyConstraint(['subject_id'], ['subjects.id'], name=op.f('fk_producers_subject_id_subjects')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_producers')),
    sa.UniqueConstraint('slug', name=op.f('uq_producers_slug'))
    )
    with op.batch_alter_table('producers', schema=None) as batch_op:
        batch_op.create_index('ix_producers_state', ['state', 'subject_id'], unique=False)

    op.create_table('reports',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.String(length=12), nullable=False),
    sa.Column('matter_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=6), nullable=False),
    sa.Column('url', sa.String(length=300), nullable=False),
    sa.Column('reason', sa.String(length=24), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('name', sa.String(length=120), nullable=True),
    sa.Column('email', sa.String(length=254), nullable=True),
    sa.Column('good_faith', sa.Boolean(), nullable=False),
    sa.Column('status_key', sa.String(length=32), nullable=False),
    sa.Column('received_at', UtcDateTime(), nullable=False),
    sa.CheckConstraint("reason IN ('insult','false_fact','threat_hate','personal_data','ip','youth','dangerous_product','spam_or_undeclared_ad','off_topic','sham_review','duplicate')", name=op.f('ck_reports_reason')),
    sa.ForeignKeyConstraint(['matter_id'], ['matters.id'], name=op.f('fk_reports_matter_id_matters')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_reports_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reports')),
    sa.UniqueConstraint('number', name=op.f('uq_reports_number')),
    sa.UniqueConstraint('status_key', name=op.f('uq_reports_status_key'))
    )
    with op.batch_alter_table('reports', schema=None) as batch_op:
        batch_op.create_index('ix_reports_matter_id', ['matter_id'], unique=False)

    op.create_table('trusts',
    sa.Column('truster_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('trusted_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('subject_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.CheckConstraint('truster_id <> trusted_id', name=op.f('ck_trusts_not_oneself')),
    sa.ForeignKeyConstraint(['subject_id'], ['subjects.id'], name=op.f('fk_trusts_subject_id_subjects')),
    sa.ForeignKeyConstraint(['trusted_id'], ['people.id'], name=op.f('fk_trusts_trusted_id_people')),
    sa.ForeignKeyConstraint(['truster_id'], ['people.id'], name=op.f('fk_trusts_truster_id_people')),
    sa.PrimaryKeyConstraint('truster_id', 'trusted_id', 'subject_id', name=op.f('pk_trusts'))
    )
    with op.batch_alter_table('trusts', schema=None) as batch_op:
        batch_op.create_index('ix_trusts_trusted_id', ['trusted_id'], unique=False)

    op.create_table('visibility',
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('field', sa.String(length=24), nullable=False),
    sa.Column('level', sa.String(length=10), nullable=False),
    sa.CheckConstraint("level IN ('everyone','members','followed','me')", name=op.f('ck_visibility_level')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_visibility_person_id_people')),
    sa.PrimaryKeyConstraint('person_id', 'field', name=op.f('pk_visibility'))
    )
    op.create_table('bank_accounts',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('producer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('holder', sa.String(length=70), nullable=False),
    sa.Column('iban', sa.String(length=34), nullable=False),
    sa.Column('valid_from', UtcDateTime(), nullable=False),
    sa.Column('replaced_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['producer_id'], ['producers.id'], name=op.f('fk_bank_accounts_producer_id_producers')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bank_accounts'))
    )
    with op.batch_alter_table('bank_accounts', schema=None) as batch_op:
        batch_op.create_index('uq_bank_accounts_open', ['producer_id'], unique=True, sqlite_where=sa.text('replaced_at IS NULL'), postgresql_where=sa.text('replaced_at IS NULL'))

    op.create_table('bundles',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('slug', sa.String(length=90), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('group_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('mode', sa.String(length=8), nullable=False),
    sa.Column('template_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('title', sa.String(length=80), nullable=False),
    sa.Column('lang', sa.String(length=2), nullable=False),
    sa.Column('occasion_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('licence', sa.String(length=16), nullable=False),
    sa.Column('may_remix', sa.Boolean(), nullable=False),
    sa.Column('parent_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('root_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('depth', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('visibility', sa.String(length=8), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('standing', sa.String(length=10), nullable=False),
    sa.Column('standing_reason', sa.String(length=30), nullable=True),
    sa.Column('published_at', UtcDateTime(), nullable=True),
    sa.Column('changed_at', UtcDateTime(), nullable=False),
    sa.Column('version', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('up', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('down', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('saves', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('remixes', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('added', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('comments', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint("mode IN ('board','collage')", name=op.f('ck_bundles_mode')),
    sa.CheckConstraint("standing IN ('visible','labelled','collapsed','held','removed')", name=op.f('ck_bundles_standing')),
    sa.CheckConstraint("state IN ('draft','published','withdrawn')", name=op.f('ck_bundles_state')),
    sa.CheckConstraint("visibility IN ('private','link','members','group','public')", name=op.f('ck_bundles_visibility')),
    sa.ForeignKeyConstraint(['author_id'], ['people.id'], name=op.f('fk_bundles_author_id_people')),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_bundles_group_id_groups')),
    sa.ForeignKeyConstraint(['occasion_id'], ['occasions.id'], name=op.f('fk_bundles_occasion_id_occasions')),
    sa.ForeignKeyConstraint(['parent_id'], ['bundles.id'], name=op.f('fk_bundles_parent_id_bundles')),
    sa.ForeignKeyConstraint(['root_id'], ['bundles.id'], name=op.f('fk_bundles_root_id_bundles')),
    sa.ForeignKeyConstraint(['template_id'], ['board_templates.id'], name=op.f('fk_bundles_template_id_board_templates')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bundles')),
    sa.UniqueConstraint('slug', name=op.f('uq_bundles_slug'))
    )
    with op.batch_alter_table('bundles', schema=None) as batch_op:
        batch_op.create_index('ix_bundles_author_id', ['author_id'], unique=False)
        batch_op.create_index('ix_bundles_group', ['group_id', 'published_at'], unique=False)
        batch_op.create_index('ix_bundles_parent_id', ['parent_id'], unique=False)
        batch_op.create_index('ix_bundles_standing', ['standing', 'published_at'], unique=False)

    op.create_table('cases',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('source', sa.String(length=8), nullable=False),
    sa.Column('source_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('producer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('due_at', UtcDateTime(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('opened_at', UtcDateTime(), nullable=False),
    sa.CheckConstraint("source IN ('thread','rating','survey','signal')", name=op.f('ck_cases_source')),
    sa.CheckConstraint("state IN ('open','answered','closed')", name=op.f('ck_cases_state')),
    sa.ForeignKeyConstraint(['producer_id'], ['producers.id'], name=op.f('fk_cases_producer_id_producers')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cases')),
    sa.UniqueConstraint('source', 'source_id', name=op.f('uq_cases_source_source_id'))
    )
    with op.batch_alter_table('cases', schema=None) as batch_op:
        batch_op.create_index('ix_cases_producer', ['producer_id', 'state', 'due_at'], unique=False)

    op.create_table('checkouts',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('basket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('attempt_key', sa.String(length=40), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('updated_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['basket_id'], ['baskets.id'], name=op.f('fk_checkouts_basket_id_baskets'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_checkouts')),
    sa.UniqueConstraint('attempt_key', name=op.f('uq_checkouts_attempt_key')),
    sa.UniqueConstraint('basket_id', name=op.f('uq_checkouts_basket_id'))
    )
    op.create_table('faces',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('producer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('role_de', sa.String(length=80), nullable=False),
    sa.Column('role_en', sa.String(length=80), nullable=False),
    sa.Column('picture_file', sa.String(length=80), nullable=True),
    sa.Column('picture_seed', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('words_de', sa.String(length=300), nullable=False),
    sa.Column('words_en', sa.String(length=300), nullable=False),
    sa.Column('consent_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['producer_id'], ['producers.id'], name=op.f('fk_faces_producer_id_producers')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_faces'))
    )
    with op.batch_alter_table('faces', schema=None) as batch_op:
        batch_op.create_index('ix_faces_producer_id', ['producer_id'], unique=False)

    op.create_table('group_lists',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('group_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('title', sa.String(length=80), nullable=False),
    sa.Column('purpose', sa.String(length=200), nullable=False),
    sa.Column('made_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_group_lists_group_id_groups')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_group_lists'))
    )
    with op.batch_alter_table('group_lists', schema=None) as batch_op:
        batch_op.create_index('ix_group_lists_group_id', ['group_id'], unique=False)

    op.create_table('group_rules',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('group_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('version', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('from_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_group_rules_group_id_groups')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_group_rules')),
    sa.UniqueConstraint('group_id', 'version', name=op.f('uq_group_rules_group_id_version'))
    )
    op.create_table('imports',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('producer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('file_hash', sa.String(length=64), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('done', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('made_at', UtcDateTime(), nullable=False),
    sa.CheckConstraint("state IN ('checked','saving','saved','undone')", name=op.f('ck_imports_state')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_imports_person_id_people')),
    sa.ForeignKeyConstraint(['producer_id'], ['producers.id'], name=op.f('fk_imports_producer_id_producers')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_imports'))
    )
    op.create_table('join_requests',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('group_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('words', sa.String(length=500), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('decided_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('decided_at', UtcDateTime(), nullable=True),
    sa.Column('result', sa.String(length=10), nullable=True),
    sa.Column('why', sa.String(length=280), nullable=True),
    sa.CheckConstraint("result IS NULL OR result IN ('yes','no','withdrawn')", name=op.f('ck_join_requests_result')),
    sa.ForeignKeyConstraint(['decided_by'], ['people.id'], name=op.f('fk_join_requests_decided_by_people')),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_join_requests_group_id_groups')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_join_requests_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_join_requests'))
    )
    with op.batch_alter_table('join_requests', schema=None) as batch_op:
        batch_op.create_index('uq_join_requests_open', ['group_id', 'person_id'], unique=True, sqlite_where=sa.text('result IS NULL'), postgresql_where=sa.text('result IS NULL'))

    op.create_table('memberships',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('group_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('role', sa.String(length=10), nullable=False),
    sa.Column('joined_at', UtcDateTime(), nullable=False),
    sa.Column('left_at', UtcDateTime(), nullable=True),
    sa.Column('shown', sa.Boolean(), nullable=False),
    sa.CheckConstraint("role IN ('founder','moderator','member')", name=op.f('ck_memberships_role')),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_memberships_group_id_groups')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_memberships_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_memberships'))
    )
    with op.batch_alter_table('memberships', schema=None) as batch_op:
        batch_op.create_index('ix_memberships_person_id', ['person_id'], unique=False)
        batch_op.create_index('uq_memberships_open', ['group_id', 'person_id'], unique=True, sqlite_where=sa.text('left_at IS NULL'), postgresql_where=sa.text('left_at IS NULL'))

    op.create_table('payments',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('order_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('attempt', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('method', sa.String(length=16), nullable=False),
    sa.Column('mode', sa.String(length=4), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('total_minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('reference', sa.String(length=80), nullable=True),
    sa.Column('page_url', sa.String(length=300), nullable=True),
    sa.Column('page_until', UtcDateTime(), nullable=True),
    sa.Column('made_at', UtcDateTime(), nullable=False),
    sa.CheckConstraint("state IN ('new','open','processing','paid','failed','closed','review')", name=op.f('ck_payments_state')),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_payments_order_id_orders')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payments')),
    sa.UniqueConstraint('key', name=op.f('uq_payments_key')),
    sa.UniqueConstraint('method', 'reference', name=op.f('uq_payments_method_reference')),
    sa.UniqueConstraint('order_id', 'attempt', name=op.f('uq_payments_order_id_attempt'))
    )
    with op.batch_alter_table('payments', schema=None) as batch_op:
        batch_op.create_index('uq_payments_under_way', ['order_id'], unique=True, sqlite_where=sa.text("state IN ('new','open','processing')"), postgresql_where=sa.text("state IN ('new','open','processing')"))

    op.create_table('producer_follows',
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('producer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_producer_follows_person_id_people')),
    sa.ForeignKeyConstraint(['producer_id'], ['producers.id'], name=op.f('fk_producer_follows_producer_id_producers')),
    sa.PrimaryKeyConstraint('person_id', 'producer_id', name=op.f('pk_producer_follows'))
    )
    with op.batch_alter_table('producer_follows', schema=None) as batch_op:
        batch_op.create_index('ix_producer_follows_producer_id', ['producer_id'], unique=False)

    op.create_table('producer_texts',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('producer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('lang', sa.String(length=2), nullable=False),
    sa.Column('part', sa.String(length=10), nullable=False),
    sa.Column('version', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_producer_texts_person_id_people')),
    sa.ForeignKeyConstraint(['producer_id'], ['producers.id'], name=op.f('fk_producer_texts_producer_id_producers')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_producer_texts')),
    sa.UniqueConstraint('producer_id', 'lang', 'part', 'version', name=op.f('uq_producer_texts_producer_id_lang_part_version'))
    )
    op.create_table('products',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('producer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('category_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('slug', sa.String(length=90), nullable=False),
    sa.Column('code', sa.String(length=8), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('age_class', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('tax_category', sa.String(length=12), nullable=False),
    sa.Column('withdrawal', sa.String(length=16), nullable=False),
    sa.Column('not_for_de', sa.String(length=300), nullable=False),
    sa.Column('not_for_en', sa.String(length=300), nullable=False),
    sa.Column('place_of_making', sa.String(length=120), nullable=False),
    sa.Column('opinion_after_days', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('published_at', UtcDateTime(), nullable=True),
    sa.Column('withdrawn_why', sa.String(length=300), nullable=True),
    sa.Column('made_at', UtcDateTime(), nullable=False),
    sa.Column('version', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('main_category_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('main_picture_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('price_from_minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('price_to_minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('unit_price_minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('unit_price_of', sa.String(length=4), nullable=True),
    sa.Column('in_stock', sa.Boolean(), nullable=False),
    sa.Column('last_change_at', UtcDateTime(), nullable=False),
    sa.CheckConstraint("state IN ('draft','published','paused','withdrawn','stopped')", name=op.f('ck_products_state')),
    sa.CheckConstraint("withdrawal IN ('yes','made_to_measure','perishable','sealed_hygiene','en_primeur')", name=op.f('ck_products_withdrawal')),
    sa.CheckConstraint('age_class IN (0, 16, 18)', name=op.f('ck_products_age_class')),
    sa.ForeignKeyConstraint(['category_id'], ['categories.id'], name=op.f('fk_products_category_id_categories')),
    sa.ForeignKeyConstraint(['main_category_id'], ['categories.id'], name=op.f('fk_products_main_category_id_categories')),
    sa.ForeignKeyConstraint(['producer_id'], ['producers.id'], name=op.f('fk_products_producer_id_producers')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_products')),
    sa.UniqueConstraint('code', name=op.f('uq_products_code')),
    sa.UniqueConstraint('slug', name=op.f('uq_products_slug'))
    )
    with op.batch_alter_table('products', schema=None) as batch_op:
        batch_op.create_index('ix_products_category', ['category_id', 'state'], unique=False)
        batch_op.create_index('ix_products_main_category', ['main_category_id', 'state'], unique=False)
        batch_op.create_index('ix_products_producer', ['producer_id', 'state'], unique=False)

    op.create_table('promises',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('producer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('value', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('from_at', UtcDateTime(), nullable=False),
    sa.Column('to_at', UtcDateTime(), nullable=True),
    sa.CheckConstraint("kind IN ('answer_hours','dispatch_days','returns_days','repair_years','satisfaction_days')", name=op.f('ck_promises_kind')),
    sa.ForeignKeyConstraint(['producer_id'], ['producers.id'], name=op.f('fk_promises_producer_id_producers')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_promises'))
    )
    with op.batch_alter_table('promises', schema=None) as batch_op:
        batch_op.create_index('uq_promises_open', ['producer_id', 'kind'], unique=True, sqlite_where=sa.text('to_at IS NULL'), postgresql_where=sa.text('to_at IS NULL'))

    op.create_table('recommendations',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=24), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('thing', sa.String(length=10), nullable=False),
    sa.Column('thing_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('audience', sa.String(length=8), nullable=False),
    sa.Column('group_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('reason', sa.String(length=600), nullable=False),
    sa.Column('occasion_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('lang', sa.String(length=2), nullable=False),
    sa.Column('bought', sa.Boolean(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('made_at', UtcDateTime(), nullable=False),
    sa.CheckConstraint("audience <> 'group' OR group_id IS NOT NULL", name=op.f('ck_recommendations_group')),
    sa.CheckConstraint("audience <> 'person' OR person_id IS NOT NULL", name=op.f('ck_recommendations_person')),
    sa.CheckConstraint("audience IN ('all','members','group','person')", name=op.f('ck_recommendations_audience')),
    sa.CheckConstraint("state IN ('visible','withdrawn','hidden')", name=op.f('ck_recommendations_state')),
    sa.CheckConstraint("thing IN ('product','bundle','producer','group')", name=op.f('ck_recommendations_thing')),
    sa.ForeignKeyConstraint(['author_id'], ['people.id'], name=op.f('fk_recommendations_author_id_people')),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_recommendations_group_id_groups')),
    sa.ForeignKeyConstraint(['occasion_id'], ['occasions.id'], name=op.f('fk_recommendations_occasion_id_occasions')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_recommendations_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recommendations')),
    sa.UniqueConstraint('code', name=op.f('uq_recommendations_code'))
    )
    with op.batch_alter_table('recommendations', schema=None) as batch_op:
        batch_op.create_index('ix_recommendations_author', ['author_id', 'made_at'], unique=False)
        batch_op.create_index('ix_recommendations_person', ['person_id', 'made_at'], unique=False)
        batch_op.create_index('ix_recommendations_thing', ['thing', 'thing_id', 'state'], unique=False)

    op.create_table('seen_items',
    sa.Column('producer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ref_kind', sa.String(length=12), nullable=False),
    sa.Column('ref_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_seen_items_person_id_people')),
    sa.ForeignKeyConstraint(['producer_id'], ['producers.id'], name=op.f('fk_seen_items_producer_id_producers')),
    sa.PrimaryKeyConstraint('producer_id', 'ref_kind', 'ref_id', name=op.f('pk_seen_items'))
    )
    op.create_table('seller_orders',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('order_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('producer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.String(length=12), nullable=False),
    sa.Column('reference', sa.String(length=25), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('goods_minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('discount_minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('deposit_minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('shipping_minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('total_minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('paid_minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('refunded_minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('commission_bp', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('seller', sa.JSON(), nullable=False),
    sa.Column('bank', sa.JSON(), nullable=True),
    sa.Column('delivery_method', sa.String(length=10), nullable=False),
    sa.Column('age_class', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('promise_days', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('promised_on', sa.Date(), nullable=True),
    sa.Column('paid_at', UtcDateTime(), nullable=True),
    sa.Column('dispatched_at', UtcDateTime(), nullable=True),
    sa.Column('delivered_at', UtcDateTime(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('withdraw_until', sa.Date(), nullable=True),
    sa.CheckConstraint("state IN ('awaiting_payment','paid','preparing','dispatched','delivered','cancelled','expired')", name=op.f('ck_seller_orders_state')),
    sa.CheckConstraint('0 <= refunded_minor AND refunded_minor <= paid_minor', name=op.f('ck_seller_orders_refunded')),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_seller_orders_order_id_orders')),
    sa.ForeignKeyConstraint(['producer_id'], ['producers.id'], name=op.f('fk_seller_orders_producer_id_producers')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seller_orders')),
    sa.UniqueConstraint('number', name=op.f('uq_seller_orders_number')),
    sa.UniqueConstraint('order_id', 'producer_id', name=op.f('uq_seller_orders_order_id_producer_id')),
    sa.UniqueConstraint('reference', name=op.f('uq_seller_orders_reference'))
    )
    with op.batch_alter_table('seller_orders', schema=None) as batch_op:
        batch_op.create_index('ix_seller_orders_producer', ['producer_id', 'state', 'promised_on'], unique=False)

    op.create_table('service_hours',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('producer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('weekday', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('opens_minute', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('closes_minute', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint('0 <= opens_minute AND opens_minute < closes_minute', name=op.f('ck_service_hours_order')),
    sa.CheckConstraint('weekday BETWEEN 0 AND 6', name=op.f('ck_service_hours_weekday')),
    sa.ForeignKeyConstraint(['producer_id'], ['producers.id'], name=op.f('fk_service_hours_producer_id_producers')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service_hours'))
    )
    with op.batch_alter_table('service_hours', schema=None) as batch_op:
        batch_op.create_index('ix_service_hours_producer_id', ['producer_id'], unique=False)

    op.create_table('shipping_zones',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('producer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('countries', sa.JSON(), nullable=False),
    sa.Column('postcodes', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['producer_id'], ['producers.id'], name=op.f('fk_shipping_zones_producer_id_producers')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shipping_zones'))
    )
    with op.batch_alter_table('shipping_zones', schema=None) as batch_op:
        batch_op.create_index('ix_shipping_zones_producer_id', ['producer_id'], unique=False)

    op.create_table('staff',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('producer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('role', sa.String(length=10), nullable=False),
    sa.Column('shown_name', sa.String(length=40), nullable=False),
    sa.Column('title', sa.String(length=60), nullable=True),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.CheckConstraint("role IN ('owner','editor','service','shipping')", name=op.f('ck_staff_role')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_staff_person_id_people')),
    sa.ForeignKeyConstraint(['producer_id'], ['producers.id'], name=op.f('fk_staff_producer_id_producers')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff'))
    )
    with op.batch_alter_table('staff', schema=None) as batch_op:
        batch_op.create_index('ix_staff_person_id', ['person_id'], unique=False)
        batch_op.create_index('uq_staff_open', ['producer_id', 'person_id'], unique=True, sqlite_where=sa.text('until IS NULL'), postgresql_where=sa.text('until IS NULL'))

    op.create_table('traders',
    sa.Column('producer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('is_trader', sa.Boolean(), nullable=False),
    sa.Column('legal_name', sa.String(length=120), nullable=False),
    sa.Column('representative', sa.String(length=120), nullable=False),
    sa.Column('street', sa.String(length=120), nullable=False),
    sa.Column('postcode', sa.String(length=12), nullable=False),
    sa.Column('city', sa.String(length=80), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('e_mail', sa.String(length=254), nullable=False),
    sa.Column('phone', sa.String(length=24), nullable=False),
    sa.Column('register', sa.String(length=80), nullable=False),
    sa.Column('register_no', sa.String(length=40), nullable=False),
    sa.Column('vat_id', sa.String(length=20), nullable=True),
    sa.Column('vat_status', sa.String(length=10), nullable=False),
    sa.Column('self_certified_at', UtcDateTime(), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('checked_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('checked_at', UtcDateTime(), nullable=True),
    sa.CheckConstraint("state IN ('open','handed_in','checked','stopped')", name=op.f('ck_traders_state')),
    sa.CheckConstraint("vat_status IN ('regular','small','flat_rate')", name=op.f('ck_traders_vat_status')),
    sa.ForeignKeyConstraint(['checked_by'], ['people.id'], name=op.f('fk_traders_checked_by_people')),
    sa.ForeignKeyConstraint(['producer_id'], ['producers.id'], name=op.f('fk_traders_producer_id_producers')),
    sa.PrimaryKeyConstraint('producer_id', name=op.f('pk_traders'))
    )
    op.create_table('bundle_saves',
    sa.Column('bundle_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['bundle_id'], ['bundles.id'], name=op.f('fk_bundle_saves_bundle_id_bundles')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_bundle_saves_person_id_people')),
    sa.PrimaryKeyConstraint('bundle_id', 'person_id', name=op.f('pk_bundle_saves'))
    )
    op.create_table('bundle_votes',
    sa.Column('bundle_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('value', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reasons', sa.JSON(), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.CheckConstraint('value IN (-1, 1)', name=op.f('ck_bundle_votes_value')),
    sa.ForeignKeyConstraint(['bundle_id'], ['bundles.id'], name=op.f('fk_bundle_votes_bundle_id_bundles')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_bundle_votes_person_id_people')),
    sa.PrimaryKeyConstraint('bundle_id', 'person_id', name=op.f('pk_bundle_votes'))
    )
    op.create_table('dispatch_promises',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('seller_order_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('promised_on', sa.Date(), nullable=False),
    sa.Column('set_at', UtcDateTime(), nullable=False),
    sa.Column('reason', sa.String(length=200), nullable=True),
    sa.ForeignKeyConstraint(['seller_order_id'], ['seller_orders.id'], name=op.f('fk_dispatch_promises_seller_order_id_seller_orders')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dispatch_promises')),
    sa.UniqueConstraint('seller_order_id', 'promised_on', name=op.f('uq_dispatch_promises_seller_order_id_promised_on'))
    )
    op.create_table('fact_values',
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('value_code', sa.String(length=80), nullable=False),
    sa.Column('number', sa.Double(), nullable=True),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_fact_values_product_id_products')),
    sa.PrimaryKeyConstraint('product_id', 'key', 'value_code', name=op.f('pk_fact_values'))
    )
    with op.batch_alter_table('fact_values', schema=None) as batch_op:
        batch_op.create_index('ix_fact_values_key', ['key', 'value_code'], unique=False)

    op.create_table('feedback',
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.CheckConstraint("kind IN ('not_for_me','know_it')", name=op.f('ck_feedback_kind')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_feedback_person_id_people')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_feedback_product_id_products')),
    sa.PrimaryKeyConstraint('person_id', 'product_id', 'kind', name=op.f('pk_feedback'))
    )
    op.create_table('import_rows',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('import_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.Column('faults', sa.JSON(), nullable=False),
    sa.Column('effect', sa.String(length=8), nullable=False),
    sa.CheckConstraint("effect IN ('new','changed','same','fault')", name=op.f('ck_import_rows_effect')),
    sa.ForeignKeyConstraint(['import_id'], ['imports.id'], name=op.f('fk_import_rows_import_id_imports')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_rows'))
    )
    with op.batch_alter_table('import_rows', schema=None) as batch_op:
        batch_op.create_index('ix_import_rows_import', ['import_id', 'number'], unique=False)

    op.create_table('imported_ratings',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('source', sa.String(length=60), nullable=False),
    sa.Column('source_ref', sa.String(length=60), nullable=False),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('source_person', sa.String(length=60), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('value', sa.Double(), nullable=False),
    sa.Column('scale', sa.String(length=20), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_imported_ratings_person_id_people')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_imported_ratings_product_id_products')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_imported_ratings')),
    sa.UniqueConstraint('source', 'source_ref', name=op.f('uq_imported_ratings_source_source_ref'))
    )
    with op.batch_alter_table('imported_ratings', schema=None) as batch_op:
        batch_op.create_index('ix_imported_ratings_person_id', ['person_id'], unique=False)
        batch_op.create_index('ix_imported_ratings_product_id', ['product_id'], unique=False)

    op.create_table('list_items',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('list_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('why', sa.String(length=280), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['list_id'], ['group_lists.id'], name=op.f('fk_list_items_list_id_group_lists')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_list_items_person_id_people')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_list_items_product_id_products')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_list_items')),
    sa.UniqueConstraint('list_id', 'product_id', name=op.f('uq_list_items_list_id_product_id'))
    )
    op.create_table('lots',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('label', sa.String(length=40), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=True),
    sa.Column('sequence', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.CheckConstraint("kind IN ('vintage','batch','edition')", name=op.f('ck_lots_kind')),
    sa.CheckConstraint("state IN ('coming','current','past')", name=op.f('ck_lots_state')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_lots_product_id_products')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lots')),
    sa.UniqueConstraint('product_id', 'label', name=op.f('uq_lots_product_id_label'))
    )
    op.create_table('old_slugs',
    sa.Column('slug', sa.String(length=90), nullable=False),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_old_slugs_product_id_products')),
    sa.PrimaryKeyConstraint('slug', name=op.f('pk_old_slugs'))
    )
    op.create_table('order_history',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('order_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('seller_order_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('kind', sa.String(length=24), nullable=False),
    sa.Column('actor', sa.String(length=10), nullable=False),
    sa.Column('actor_name', sa.String(length=60), nullable=True),
    sa.Column('args', sa.JSON(), nullable=False),
    sa.Column('for_buyer', sa.Boolean(), nullable=False),
    sa.CheckConstraint("actor IN ('buyer','staff','operator','system')", name=op.f('ck_order_history_actor')),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_order_history_order_id_orders')),
    sa.ForeignKeyConstraint(['seller_order_id'], ['seller_orders.id'], name=op.f('fk_order_history_seller_order_id_seller_orders')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_order_history'))
    )
    with op.batch_alter_table('order_history', schema=None) as batch_op:
        batch_op.create_index('ix_order_history_order', ['order_id', 'at'], unique=False)

    op.create_table('outcomes',
    sa.Column('recommendation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('orders', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('units', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reorders', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['recommendation_id'], ['recommendations.id'], name=op.f('fk_outcomes_recommendation_id_recommendations')),
    sa.PrimaryKeyConstraint('recommendation_id', name=op.f('pk_outcomes'))
    )
    op.create_table('parcels',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('seller_order_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=12), nullable=False),
    sa.Column('carrier', sa.String(length=40), nullable=False),
    sa.Column('tracking', sa.String(length=60), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('handed_over_at', UtcDateTime(), nullable=True),
    sa.Column('delivered_at', UtcDateTime(), nullable=True),
    sa.Column('delivered_by', sa.String(length=10), nullable=True),
    sa.CheckConstraint("state IN ('packed','handed_over','delivered','lost','sent_back')", name=op.f('ck_parcels_state')),
    sa.ForeignKeyConstraint(['seller_order_id'], ['seller_orders.id'], name=op.f('fk_parcels_seller_order_id_seller_orders')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_parcels')),
    sa.UniqueConstraint('code', name=op.f('uq_parcels_code'))
    )
    with op.batch_alter_table('parcels', schema=None) as batch_op:
        batch_op.create_index('ix_parcels_seller_order_id', ['seller_order_id'], unique=False)

    op.create_table('payment_parts',
    sa.Column('payment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('seller_order_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('goods_minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('deposit_minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('shipping_minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['payment_id'], ['payments.id'], name=op.f('fk_payment_parts_payment_id_payments')),
    sa.ForeignKeyConstraint(['seller_order_id'], ['seller_orders.id'], name=op.f('fk_payment_parts_seller_order_id_seller_orders')),
    sa.PrimaryKeyConstraint('payment_id', 'seller_order_id', name=op.f('pk_payment_parts'))
    )
    op.create_table('pick_votes',
    sa.Column('group_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('month', sa.String(length=7), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_pick_votes_group_id_groups')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_pick_votes_person_id_people')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_pick_votes_product_id_products')),
    sa.PrimaryKeyConstraint('group_id', 'month', 'person_id', 'product_id', name=op.f('pk_pick_votes'))
    )
    op.create_table('picks',
    sa.Column('group_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('month', sa.String(length=7), nullable=False),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('votes', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('voters', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('active', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('made_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_picks_group_id_groups')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_picks_product_id_products')),
    sa.PrimaryKeyConstraint('group_id', 'month', 'product_id', name=op.f('pk_picks'))
    )
    with op.batch_alter_table('picks', schema=None) as batch_op:
        batch_op.create_index('ix_picks_product_id', ['product_id'], unique=False)

    op.create_table('product_figures',
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('window', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('orders', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('units', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('turnover_minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('buyers', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('k', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('n', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('low', sa.Double(), nullable=True),
    sa.Column('high', sa.Double(), nullable=True),
    sa.Column('q10', sa.Double(), nullable=False),
    sa.Column('cell', sa.String(length=12), nullable=False),
    sa.Column('proposal', sa.String(length=16), nullable=False),
    sa.Column('made_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_product_figures_product_id_products')),
    sa.PrimaryKeyConstraint('product_id', 'window', name=op.f('pk_product_figures'))
    )
    op.create_table('product_occasions',
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('occasion_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['occasion_id'], ['occasions.id'], name=op.f('fk_product_occasions_occasion_id_occasions')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_product_occasions_product_id_products')),
    sa.PrimaryKeyConstraint('product_id', 'occasion_id', name=op.f('pk_product_occasions'))
    )
    with op.batch_alter_table('product_occasions', schema=None) as batch_op:
        batch_op.create_index('ix_product_occasions_occasion_id', ['occasion_id'], unique=False)

    op.create_table('product_texts',
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('lang', sa.String(length=2), nullable=False),
    sa.Column('title', sa.String(length=80), nullable=False),
    sa.Column('teaser', sa.String(length=160), nullable=False),
    sa.Column('story', sa.Text(), nullable=False),
    sa.Column('use', sa.Text(), nullable=False),
    sa.Column('care', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_product_texts_product_id_products')),
    sa.PrimaryKeyConstraint('product_id', 'lang', name=op.f('pk_product_texts'))
    )
    op.create_table('shipping_rates',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('zone_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('method', sa.String(length=8), nullable=False),
    sa.Column('basis', sa.String(length=12), nullable=False),
    sa.Column('from_x', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('to_x', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('free_from_minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('handover_age', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('days_min', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('days_max', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint("basis IN ('flat','units','weight_g','goods_minor')", name=op.f('ck_shipping_rates_basis')),
    sa.CheckConstraint("method IN ('parcel','pickup','own')", name=op.f('ck_shipping_rates_method')),
    sa.CheckConstraint('handover_age IN (0, 16, 18)', name=op.f('ck_shipping_rates_handover_age')),
    sa.ForeignKeyConstraint(['zone_id'], ['shipping_zones.id'], name=op.f('fk_shipping_rates_zone_id_shipping_zones')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shipping_rates'))
    )
    with op.batch_alter_table('shipping_rates', schema=None) as batch_op:
        batch_op.create_index('ix_shipping_rates_zone_id', ['zone_id'], unique=False)

    op.create_table('signals',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('outside_person', sa.String(length=80), nullable=True),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('value', sa.Double(), nullable=False),
    sa.Column('again', sa.Boolean(), nullable=False),
    sa.Column('source', sa.String(length=16), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('stamp', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint('person_id IS NOT NULL OR outside_person IS NOT NULL', name=op.f('ck_signals_person')),
    sa.CheckConstraint('value BETWEEN 0 AND 1', name=op.f('ck_signals_value')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_signals_person_id_people')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_signals_product_id_products')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signals'))
    )
    with op.batch_alter_table('signals', schema=None) as batch_op:
        batch_op.create_index('ix_signals_product', ['product_id'], unique=False)
        batch_op.create_index('ix_signals_stamp', ['stamp'], unique=False)
        batch_op.create_index('uq_signals_outside', ['outside_person', 'product_id'], unique=True, sqlite_where=sa.text('outside_person IS NOT NULL'), postgresql_where=sa.text('outside_person IS NOT NULL'))
        batch_op.create_index('uq_signals_person', ['person_id', 'product_id'], unique=True, sqlite_where=sa.text('person_id IS NOT NULL'), postgresql_where=sa.text('person_id IS NOT NULL'))

    op.create_table('thanks',
    sa.Column('recommendation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_thanks_person_id_people')),
    sa.ForeignKeyConstraint(['recommendation_id'], ['recommendations.id'], name=op.f('fk_thanks_recommendation_id_recommendations')),
    sa.PrimaryKeyConstraint('recommendation_id', 'person_id', name=op.f('pk_thanks'))
    )
    op.create_table('threads',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=24), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('lang', sa.String(length=2), nullable=False),
    sa.Column('visibility', sa.String(length=8), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('outcome', sa.String(length=10), nullable=True),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('producer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('seller_order_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('bundle_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('group_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('pinned', sa.Boolean(), nullable=False),
    sa.Column('supports', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('replies', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('made_at', UtcDateTime(), nullable=False),
    sa.Column('last_post_at', UtcDateTime(), nullable=False),
    sa.Column('first_answer_at', UtcDateTime(), nullable=True),
    sa.Column('promised_by', UtcDateTime(), nullable=True),
    sa.Column('standing', sa.String(length=10), nullable=False),
    sa.CheckConstraint("kind IN ('question','complaint','praise','idea','wish','topic','news','notice','comment')", name=op.f('ck_threads_kind')),
    sa.CheckConstraint("outcome IS NULL OR outcome IN ('solved','partly','unsolved')", name=op.f('ck_threads_outcome')),
    sa.CheckConstraint("state IN ('open','answered','waiting','closed')", name=op.f('ck_threads_state')),
    sa.CheckConstraint("visibility <> 'group' OR group_id IS NOT NULL", name=op.f('ck_threads_group')),
    sa.CheckConstraint("visibility IN ('public','private','group')", name=op.f('ck_threads_visibility')),
    sa.ForeignKeyConstraint(['author_id'], ['people.id'], name=op.f('fk_threads_author_id_people')),
    sa.ForeignKeyConstraint(['bundle_id'], ['bundles.id'], name=op.f('fk_threads_bundle_id_bundles')),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_threads_group_id_groups')),
    sa.ForeignKeyConstraint(['producer_id'], ['producers.id'], name=op.f('fk_threads_producer_id_producers')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_threads_product_id_products')),
    sa.ForeignKeyConstraint(['seller_order_id'], ['seller_orders.id'], name=op.f('fk_threads_seller_order_id_seller_orders')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_threads')),
    sa.UniqueConstraint('code', name=op.f('uq_threads_code'))
    )
    with op.batch_alter_table('threads', schema=None) as batch_op:
        batch_op.create_index('ix_threads_author', ['author_id', 'id'], unique=False)
        batch_op.create_index('ix_threads_bundle_id', ['bundle_id'], unique=False)
        batch_op.create_index('ix_threads_group', ['group_id', 'last_post_at'], unique=False)
        batch_op.create_index('ix_threads_producer', ['producer_id', 'state', 'promised_by'], unique=False)
        batch_op.create_index('ix_threads_product', ['product_id', 'kind', 'last_post_at'], unique=False)
        batch_op.create_index('ix_threads_visible', ['visibility', 'last_post_at'], unique=False)

    op.create_table('touches',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('basket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('ref', sa.String(length=60), nullable=True),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.CheckConstraint('(person_id IS NULL) <> (basket_id IS NULL)', name=op.f('ck_touches_one_owner')),
    sa.ForeignKeyConstraint(['basket_id'], ['baskets.id'], name=op.f('fk_touches_basket_id_baskets'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_touches_person_id_people')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_touches_product_id_products')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_touches'))
    )
    with op.batch_alter_table('touches', schema=None) as batch_op:
        batch_op.create_index('ix_touches_basket', ['basket_id', 'product_id', 'at'], unique=False)
        batch_op.create_index('ix_touches_person', ['person_id', 'product_id', 'at'], unique=False)

    op.create_table('withdrawals',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=12), nullable=False),
    sa.Column('seller_order_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('order_words', sa.String(length=500), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('after_deadline', sa.Boolean(), nullable=False),
    sa.Column('declared_at', UtcDateTime(), nullable=False),
    sa.Column('refund_by', sa.Date(), nullable=True),
    sa.CheckConstraint("state IN ('declared','unassigned','awaiting_goods','refund_due','refunded','closed','objected')", name=op.f('ck_withdrawals_state')),
    sa.ForeignKeyConstraint(['seller_order_id'], ['seller_orders.id'], name=op.f('fk_withdrawals_seller_order_id_seller_orders')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_withdrawals')),
    sa.UniqueConstraint('code', name=op.f('uq_withdrawals_code'))
    )
    with op.batch_alter_table('withdrawals', schema=None) as batch_op:
        batch_op.create_index('ix_withdrawals_seller_order_id', ['seller_order_id'], unique=False)

    op.create_table('particulars',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('lot_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('value', sa.JSON(), nullable=False),
    sa.Column('lang', sa.String(length=2), nullable=True),
    sa.Column('source', sa.String(length=8), nullable=False),
    sa.CheckConstraint("source IN ('producer','checked')", name=op.f('ck_particulars_source')),
    sa.ForeignKeyConstraint(['lot_id'], ['lots.id'], name=op.f('fk_particulars_lot_id_lots')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_particulars_product_id_products')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_particulars')),
    sa.UniqueConstraint('product_id', 'lot_id', 'key', 'lang', name=op.f('uq_particulars_product_id_lot_id_key_lang'))
    )
    op.create_table('pictures',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('lot_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('file', sa.String(length=80), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('alt_de', sa.String(length=200), nullable=False),
    sa.Column('alt_en', sa.String(length=200), nullable=False),
    sa.Column('licence', sa.String(length=10), nullable=False),
    sa.Column('credit', sa.String(length=120), nullable=True),
    sa.Column('width', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('height', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('tint', sa.String(length=7), nullable=False),
    sa.Column('renditions', sa.JSON(), nullable=False),
    sa.CheckConstraint("kind IN ('photo','drawn','spin','model')", name=op.f('ck_pictures_kind')),
    sa.CheckConstraint("licence IN ('own','producer','cc0','cc-by','cc-by-sa')", name=op.f('ck_pictures_licence')),
    sa.CheckConstraint("licence NOT IN ('cc-by','cc-by-sa') OR credit IS NOT NULL", name=op.f('ck_pictures_credit')),
    sa.CheckConstraint('length(alt_de) > 0 OR length(alt_en) > 0', name=op.f('ck_pictures_alt')),
    sa.ForeignKeyConstraint(['lot_id'], ['lots.id'], name=op.f('fk_pictures_lot_id_lots')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_pictures_product_id_products')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pictures'))
    )
    with op.batch_alter_table('pictures', schema=None) as batch_op:
        batch_op.create_index('ix_pictures_product', ['product_id', 'position'], unique=False)

    op.create_table('posts',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=24), nullable=False),
    sa.Column('thread_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('staff_of', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('signed', sa.String(length=80), nullable=True),
    sa.Column('role', sa.String(length=10), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('lang', sa.String(length=2), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('up', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('down', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.CheckConstraint("role IN ('asker','staff','owner','bystander','moderator','machine')", name=op.f('ck_posts_role')),
    sa.CheckConstraint("state IN ('draft','second_read','published','hidden')", name=op.f('ck_posts_state')),
    sa.ForeignKeyConstraint(['author_id'], ['people.id'], name=op.f('fk_posts_author_id_people')),
    sa.ForeignKeyConstraint(['staff_of'], ['producers.id'], name=op.f('fk_posts_staff_of_producers')),
    sa.ForeignKeyConstraint(['thread_id'], ['threads.id'], name=op.f('fk_posts_thread_id_threads')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_posts')),
    sa.UniqueConstraint('code', name=op.f('uq_posts_code'))
    )
    with op.batch_alter_table('posts', schema=None) as batch_op:
        batch_op.create_index('ix_posts_author', ['author_id', 'at'], unique=False)
        batch_op.create_index('ix_posts_thread', ['thread_id', 'at'], unique=False)

    op.create_table('scores',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('lot_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('k', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('n', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('buyers', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stars_n', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stars_sum', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stars_1', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stars_2', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stars_3', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stars_4', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stars_5', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('value_yes', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('value_n', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('delight_d', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('delight_o', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('delight_b', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kw', sa.Double(), nullable=False),
    sa.Column('nw', sa.Double(), nullable=False),
    sa.Column('decayed_on', sa.Date(), nullable=True),
    sa.Column('mu', sa.Double(), nullable=False),
    sa.Column('m', sa.Double(), nullable=False),
    sa.Column('mean', sa.Double(), nullable=False),
    sa.Column('q10', sa.Double(), nullable=False),
    sa.Column('first_at', UtcDateTime(), nullable=True),
    sa.Column('last_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['lot_id'], ['lots.id'], name=op.f('fk_scores_lot_id_lots')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_scores_product_id_products')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scores'))
    )
    with op.batch_alter_table('scores', schema=None) as batch_op:
        batch_op.create_index('uq_scores_lot', ['product_id', 'lot_id'], unique=True, sqlite_where=sa.text('lot_id IS NOT NULL'), postgresql_where=sa.text('lot_id IS NOT NULL'))
        batch_op.create_index('uq_scores_product', ['product_id'], unique=True, sqlite_where=sa.text('lot_id IS NULL'), postgresql_where=sa.text('lot_id IS NULL'))

    op.create_table('supports',
    sa.Column('thread_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_supports_person_id_people')),
    sa.ForeignKeyConstraint(['thread_id'], ['threads.id'], name=op.f('fk_supports_thread_id_threads')),
    sa.PrimaryKeyConstraint('thread_id', 'person_id', name=op.f('pk_supports'))
    )
    op.create_table('thread_people',
    sa.Column('thread_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('part', sa.String(length=8), nullable=False),
    sa.CheckConstraint("part IN ('asker','staff','follower','muted','invited')", name=op.f('ck_thread_people_part')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_thread_people_person_id_people')),
    sa.ForeignKeyConstraint(['thread_id'], ['threads.id'], name=op.f('fk_thread_people_thread_id_threads')),
    sa.PrimaryKeyConstraint('thread_id', 'person_id', name=op.f('pk_thread_people'))
    )
    with op.batch_alter_table('thread_people', schema=None) as batch_op:
        batch_op.create_index('ix_thread_people_person_id', ['person_id'], unique=False)

    op.create_table('variants',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('producer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('lot_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('label_de', sa.String(length=80), nullable=False),
    sa.Column('label_en', sa.String(length=80), nullable=False),
    sa.Column('options', sa.JSON(), nullable=False),
    sa.Column('sku', sa.String(length=40), nullable=False),
    sa.Column('gtin', sa.String(length=14), nullable=True),
    sa.Column('price_minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('deposit_minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('amount', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit', sa.String(length=6), nullable=False),
    sa.Column('drained', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('weight_g', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('on_hand', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reserved', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('made_to_order', sa.Boolean(), nullable=False),
    sa.Column('lead_days', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.CheckConstraint("unit IN ('ml','g','cm','cm2','piece')", name=op.f('ck_variants_unit')),
    sa.CheckConstraint('made_to_order OR (0 <= reserved AND reserved <= on_hand)', name=op.f('ck_variants_stock')),
    sa.CheckConstraint('price_minor > 0', name=op.f('ck_variants_price')),
    sa.ForeignKeyConstraint(['lot_id'], ['lots.id'], name=op.f('fk_variants_lot_id_lots')),
    sa.ForeignKeyConstraint(['producer_id'], ['producers.id'], name=op.f('fk_variants_producer_id_producers')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_variants_product_id_products')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_variants')),
    sa.UniqueConstraint('producer_id', 'sku', name=op.f('uq_variants_producer_id_sku'))
    )
    with op.batch_alter_table('variants', schema=None) as batch_op:
        batch_op.create_index('ix_variants_gtin', ['gtin'], unique=False)
        batch_op.create_index('ix_variants_product', ['product_id', 'position'], unique=False)

    op.create_table('basket_lines',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('basket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('variant_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('qty', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('seen_minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('set_key', sa.String(length=40), nullable=False),
    sa.Column('set_ref', sa.String(length=120), nullable=True),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('added_at', UtcDateTime(), nullable=False),
    sa.CheckConstraint('qty BETWEEN 1 AND 999', name=op.f('ck_basket_lines_qty')),
    sa.ForeignKeyConstraint(['basket_id'], ['baskets.id'], name=op.f('fk_basket_lines_basket_id_baskets'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['variant_id'], ['variants.id'], name=op.f('fk_basket_lines_variant_id_variants')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_basket_lines')),
    sa.UniqueConstraint('basket_id', 'variant_id', 'set_key', name=op.f('uq_basket_lines_basket_id_variant_id_set_key'))
    )
    op.create_table('bundle_items',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('bundle_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('pos', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('slot', sa.String(length=30), nullable=False),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('variant_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('qty', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('note', sa.String(length=200), nullable=False),
    sa.CheckConstraint('qty BETWEEN 1 AND 99', name=op.f('ck_bundle_items_qty')),
    sa.ForeignKeyConstraint(['bundle_id'], ['bundles.id'], name=op.f('fk_bundle_items_bundle_id_bundles')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_bundle_items_product_id_products')),
    sa.ForeignKeyConstraint(['variant_id'], ['variants.id'], name=op.f('fk_bundle_items_variant_id_variants')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bundle_items')),
    sa.UniqueConstraint('bundle_id', 'pos', name=op.f('uq_bundle_items_bundle_id_pos'))
    )
    with op.batch_alter_table('bundle_items', schema=None) as batch_op:
        batch_op.create_index('ix_bundle_items_product_id', ['product_id'], unique=False)

    op.create_table('order_lines',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('seller_order_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('variant_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('lot_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('essentials', sa.Text(), nullable=False),
    sa.Column('picture_file', sa.String(length=80), nullable=True),
    sa.Column('qty', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('discount_minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('deposit_minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('total_minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('base_price', sa.String(length=40), nullable=False),
    sa.Column('tax_category', sa.String(length=12), nullable=False),
    sa.Column('tax_bp', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('age_class', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('withdrawable', sa.Boolean(), nullable=False),
    sa.Column('withdrawal', sa.String(length=16), nullable=False),
    sa.Column('set_key', sa.String(length=40), nullable=True),
    sa.Column('set_ref', sa.String(length=120), nullable=True),
    sa.Column('source_kind', sa.String(length=16), nullable=False),
    sa.Column('source_ref', sa.String(length=60), nullable=True),
    sa.Column('source_chain', sa.JSON(), nullable=False),
    sa.Column('cancelled', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('dispatched', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('delivered', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint('cancelled + dispatched <= qty', name=op.f('ck_order_lines_dispatched')),
    sa.CheckConstraint('delivered <= dispatched', name=op.f('ck_order_lines_delivered')),
    sa.CheckConstraint('qty > 0', name=op.f('ck_order_lines_qty')),
    sa.ForeignKeyConstraint(['lot_id'], ['lots.id'], name=op.f('fk_order_lines_lot_id_lots')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_order_lines_product_id_products')),
    sa.ForeignKeyConstraint(['seller_order_id'], ['seller_orders.id'], name=op.f('fk_order_lines_seller_order_id_seller_orders')),
    sa.ForeignKeyConstraint(['variant_id'], ['variants.id'], name=op.f('fk_order_lines_variant_id_variants')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_order_lines')),
    sa.UniqueConstraint('seller_order_id', 'position', name=op.f('uq_order_lines_seller_order_id_position'))
    )
    with op.batch_alter_table('order_lines', schema=None) as batch_op:
        batch_op.create_index('ix_order_lines_product', ['product_id', 'lot_id'], unique=False)
        batch_op.create_index('ix_order_lines_source', ['source_kind', 'source_ref'], unique=False)

    op.create_table('post_votes',
    sa.Column('post_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('value', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint('value IN (-1, 1)', name=op.f('ck_post_votes_value')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_post_votes_person_id_people')),
    sa.ForeignKeyConstraint(['post_id'], ['posts.id'], name=op.f('fk_post_votes_post_id_posts')),
    sa.PrimaryKeyConstraint('post_id', 'person_id', name=op.f('pk_post_votes'))
    )
    op.create_table('prices',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('variant_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('price_minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('from_at', UtcDateTime(), nullable=False),
    sa.Column('to_at', UtcDateTime(), nullable=True),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_prices_person_id_people')),
    sa.ForeignKeyConstraint(['variant_id'], ['variants.id'], name=op.f('fk_prices_variant_id_variants')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_prices'))
    )
    with op.batch_alter_table('prices', schema=None) as batch_op:
        batch_op.create_index('ix_prices_variant', ['variant_id', 'from_at'], unique=False)
        batch_op.create_index('uq_prices_open', ['variant_id'], unique=True, sqlite_where=sa.text('to_at IS NULL'), postgresql_where=sa.text('to_at IS NULL'))

    op.create_table('reductions',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('variant_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('before_minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('low30_minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('new_minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('from_at', UtcDateTime(), nullable=False),
    sa.Column('to_at', UtcDateTime(), nullable=True),
    sa.CheckConstraint("kind <> 'plain' OR new_minor < low30_minor", name=op.f('ck_reductions_lower')),
    sa.CheckConstraint("kind IN ('plain','perishable')", name=op.f('ck_reductions_kind')),
    sa.ForeignKeyConstraint(['variant_id'], ['variants.id'], name=op.f('fk_reductions_variant_id_variants')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reductions'))
    )
    with op.batch_alter_table('reductions', schema=None) as batch_op:
        batch_op.create_index('ix_reductions_variant_id', ['variant_id'], unique=False)

    op.create_table('stock_marks',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('variant_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('available', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['variant_id'], ['variants.id'], name=op.f('fk_stock_marks_variant_id_variants')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stock_marks'))
    )
    with op.batch_alter_table('stock_marks', schema=None) as batch_op:
        batch_op.create_index('ix_stock_marks_variant', ['variant_id', 'at'], unique=False)

    op.create_table('invitations',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('order_line_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('due_at', UtcDateTime(), nullable=False),
    sa.Column('asked_at', UtcDateTime(), nullable=True),
    sa.Column('answered_at', UtcDateTime(), nullable=True),
    sa.Column('declined_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['order_line_id'], ['order_lines.id'], name=op.f('fk_invitations_order_line_id_order_lines')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_invitations_person_id_people')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_invitations_product_id_products')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitations')),
    sa.UniqueConstraint('order_line_id', name=op.f('uq_invitations_order_line_id'))
    )
    with op.batch_alter_table('invitations', schema=None) as batch_op:
        batch_op.create_index('ix_invitations_due', ['asked_at', 'due_at'], unique=False)

    op.create_table('line_sources',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('line_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('ref', sa.String(length=60), nullable=True),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['line_id'], ['basket_lines.id'], name=op.f('fk_line_sources_line_id_basket_lines'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_line_sources')),
    sa.UniqueConstraint('line_id', 'position', name=op.f('uq_line_sources_line_id_position'))
    )
    op.create_table('parcel_lines',
    sa.Column('parcel_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('line_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('qty', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('lot_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['line_id'], ['order_lines.id'], name=op.f('fk_parcel_lines_line_id_order_lines')),
    sa.ForeignKeyConstraint(['lot_id'], ['lots.id'], name=op.f('fk_parcel_lines_lot_id_lots')),
    sa.ForeignKeyConstraint(['parcel_id'], ['parcels.id'], name=op.f('fk_parcel_lines_parcel_id_parcels')),
    sa.PrimaryKeyConstraint('parcel_id', 'line_id', name=op.f('pk_parcel_lines'))
    )
    op.create_table('ratings',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=24), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('guest_key', sa.String(length=64), nullable=True),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('producer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('category_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('lot_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('order_line_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('again', sa.Boolean(), nullable=False),
    sa.Column('delight', sa.String(length=12), nullable=True),
    sa.Column('stars', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('value', sa.Boolean(), nullable=True),
    sa.Column('shown_as', sa.String(length=6), nullable=False),
    sa.Column('lang', sa.String(length=2), nullable=False),
    sa.Column('origin', sa.String(length=12), nullable=False),
    sa.Column('standing', sa.String(length=8), nullable=False),
    sa.Column('aside_reason', sa.String(length=30), nullable=True),
    sa.Column('words_standing', sa.String(length=10), nullable=False),
    sa.Column('words_reason', sa.String(length=30), nullable=True),
    sa.Column('title', sa.String(length=80), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('to_producer', sa.Text(), nullable=False),
    sa.Column('helpful_up', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('helpful_down', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('given_at', UtcDateTime(), nullable=False),
    sa.Column('changed_at', UtcDateTime(), nullable=True),
    sa.Column('version', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint("delight IS NULL OR delight IN ('disappointed','okay','delighted')", name=op.f('ck_ratings_delight')),
    sa.CheckConstraint("standing IN ('counts','aside')", name=op.f('ck_ratings_standing')),
    sa.CheckConstraint("words_standing IN ('visible','collapsed','hidden','erased')", name=op.f('ck_ratings_words_standing')),
    sa.CheckConstraint('person_id IS NULL OR guest_key IS NULL', name=op.f('ck_ratings_one_author')),
    sa.CheckConstraint('stars IS NULL OR stars BETWEEN 1 AND 5', name=op.f('ck_ratings_stars')),
    sa.ForeignKeyConstraint(['category_id'], ['categories.id'], name=op.f('fk_ratings_category_id_categories')),
    sa.ForeignKeyConstraint(['lot_id'], ['lots.id'], name=op.f('fk_ratings_lot_id_lots')),
    sa.ForeignKeyConstraint(['order_line_id'], ['order_lines.id'], name=op.f('fk_ratings_order_line_id_order_lines')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_ratings_person_id_people')),
    sa.ForeignKeyConstraint(['producer_id'], ['producers.id'], name=op.f('fk_ratings_producer_id_producers')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_ratings_product_id_products')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ratings')),
    sa.UniqueConstraint('code', name=op.f('uq_ratings_code'))
    )
    with op.batch_alter_table('ratings', schema=None) as batch_op:
        batch_op.create_index('ix_ratings_line', ['order_line_id'], unique=False)
        batch_op.create_index('ix_ratings_person_given', ['person_id', 'given_at'], unique=False)
        batch_op.create_index('ix_ratings_producer', ['producer_id', 'given_at'], unique=False)
        batch_op.create_index('ix_ratings_product', ['product_id', 'standing', 'given_at'], unique=False)
        batch_op.create_index('uq_ratings_guest', ['guest_key', 'product_id'], unique=True, sqlite_where=sa.text('lot_id IS NULL'), postgresql_where=sa.text('lot_id IS NULL'))
        batch_op.create_index('uq_ratings_guest_lot', ['guest_key', 'product_id', 'lot_id'], unique=True, sqlite_where=sa.text('lot_id IS NOT NULL'), postgresql_where=sa.text('lot_id IS NOT NULL'))
        batch_op.create_index('uq_ratings_person', ['person_id', 'product_id'], unique=True, sqlite_where=sa.text('lot_id IS NULL'), postgresql_where=sa.text('lot_id IS NULL'))
        batch_op.create_index('uq_ratings_person_lot', ['person_id', 'product_id', 'lot_id'], unique=True, sqlite_where=sa.text('lot_id IS NOT NULL'), postgresql_where=sa.text('lot_id IS NOT NULL'))

    op.create_table('reservations',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('line_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('variant_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('qty', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(length=6), nullable=False),
    sa.Column('until', UtcDateTime(), nullable=False),
    sa.CheckConstraint("state IN ('held','used','freed')", name=op.f('ck_reservations_state')),
    sa.ForeignKeyConstraint(['line_id'], ['order_lines.id'], name=op.f('fk_reservations_line_id_order_lines')),
    sa.ForeignKeyConstraint(['variant_id'], ['variants.id'], name=op.f('fk_reservations_variant_id_variants')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reservations'))
    )
    with op.batch_alter_table('reservations', schema=None) as batch_op:
        batch_op.create_index('ix_reservations_line_id', ['line_id'], unique=False)
        batch_op.create_index('ix_reservations_state', ['state', 'until'], unique=False)

    op.create_table('helpful_votes',
    sa.Column('rating_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('up', sa.Boolean(), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_helpful_votes_person_id_people')),
    sa.ForeignKeyConstraint(['rating_id'], ['ratings.id'], name=op.f('fk_helpful_votes_rating_id_ratings')),
    sa.PrimaryKeyConstraint('rating_id', 'person_id', name=op.f('pk_helpful_votes'))
    )
    op.create_table('rating_occasions',
    sa.Column('rating_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('occasion_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['occasion_id'], ['occasions.id'], name=op.f('fk_rating_occasions_occasion_id_occasions')),
    sa.ForeignKeyConstraint(['rating_id'], ['ratings.id'], name=op.f('fk_rating_occasions_rating_id_ratings')),
    sa.PrimaryKeyConstraint('rating_id', 'occasion_id', name=op.f('pk_rating_occasions'))
    )
    op.create_table('rating_photos',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('rating_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('file', sa.String(length=80), nullable=False),
    sa.Column('alt', sa.String(length=200), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('width', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('height', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('tint', sa.String(length=7), nullable=False),
    sa.Column('renditions', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['rating_id'], ['ratings.id'], name=op.f('fk_rating_photos_rating_id_ratings')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rating_photos'))
    )
    with op.batch_alter_table('rating_photos', schema=None) as batch_op:
        batch_op.create_index('ix_rating_photos_rating_id', ['rating_id'], unique=False)

    op.create_table('rating_versions',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('rating_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('n', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('again', sa.Boolean(), nullable=False),
    sa.Column('delight', sa.String(length=12), nullable=True),
    sa.Column('stars', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('value', sa.Boolean(), nullable=True),
    sa.Column('title', sa.String(length=80), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('cause', sa.String(length=12), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('salt', sa.String(length=32), nullable=False),
    sa.Column('row_hash', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['rating_id'], ['ratings.id'], name=op.f('fk_rating_versions_rating_id_ratings')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rating_versions')),
    sa.UniqueConstraint('rating_id', 'n', name=op.f('uq_rating_versions_rating_id_n'))
    )
    op.create_table('replies',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('rating_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('producer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('shown_name', sa.String(length=60), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('lang', sa.String(length=2), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('version', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint("state IN ('draft','read','published')", name=op.f('ck_replies_state')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_replies_person_id_people')),
    sa.ForeignKeyConstraint(['producer_id'], ['producers.id'], name=op.f('fk_replies_producer_id_producers')),
    sa.ForeignKeyConstraint(['rating_id'], ['ratings.id'], name=op.f('fk_replies_rating_id_ratings')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_replies')),
    sa.UniqueConstraint('rating_id', name=op.f('uq_replies_rating_id'))
    )
    op.create_table('reply_versions',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reply_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('n', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['reply_id'], ['replies.id'], name=op.f('fk_reply_versions_reply_id_replies')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reply_versions')),
    sa.UniqueConstraint('reply_id', 'n', name=op.f('uq_reply_versions_reply_id_n'))
    )

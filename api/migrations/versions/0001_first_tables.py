"""First tables."""

import sqlalchemy as sa
from alembic import op

from api.models import UTCDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "receipt_failure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt_failure")),
    )
    op.create_index("ix_receipt_failure_at", "receipt_failure", ["at"], unique=False)

    op.create_table(
        "version",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("consultation", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.Column("published_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_version")),
    )
    op.create_index("ix_version_consultation", "version", ["consultation"], unique=False)

    op.create_table(
        "consultation",
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["version"], ["version.hash"], name=op.f("fk_consultation_version_version")),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_consultation")),
    )
    op.create_table(
        "interview",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("consultation", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("surface", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("started_at", UTCDateTime(), nullable=False),
        sa.Column("withdrawn_at", UTCDateTime(), nullable=True),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("lease_until", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["version"], ["version.hash"], name=op.f("fk_interview_version_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview")),
        sa.UniqueConstraint("receipt", name=op.f("uq_interview_receipt")),
    )
    op.create_index("ix_interview_consultation_started_at", "interview", ["consultation", "started_at"], unique=False)

    op.create_table(
        "access_token",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("interview", sa.Text(), nullable=False),
        sa.Column("superseded_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["interview"], ["interview.id"], name=op.f("fk_access_token_interview_interview")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_access_token")),
    )
    op.create_index("ix_access_token_interview", "access_token", ["interview"], unique=False)

    op.create_table(
        "answer",
        sa.Column("interview", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=True),
        sa.Column("missing", sa.Text(), nullable=True),
        sa.Column("other", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=True),
        sa.Column("span", sa.JSON(), nullable=True),
        sa.Column("message_seq", sa.Integer(), nullable=True),
        sa.Column("struck_at", UTCDateTime(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["interview"], ["interview.id"], name=op.f("fk_answer_interview_interview")),
        sa.PrimaryKeyConstraint("interview", "question", "revision", name=op.f("pk_answer")),
    )
    op.create_table(
        "event",
        sa.Column("interview", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("message_seq", sa.Integer(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["interview"], ["interview.id"], name=op.f("fk_event_interview_interview")),
        sa.PrimaryKeyConstraint("interview", "n", name=op.f("pk_event")),
    )
    op.create_table(
        "message",
        sa.Column("interview", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("actions", sa.JSON(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["interview"], ["interview.id"], name=op.f("fk_message_interview_interview")),
        sa.PrimaryKeyConstraint("interview", "seq", name=op.f("pk_message")),
    )
    op.create_table(
        "turn",
        sa.Column("interview", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("body_hash", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("choices", sa.JSON(), nullable=True),
        sa.Column("other", sa.Text(), nullable=True),
        sa.Column("action", sa.Text(), nullable=True),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("offer", sa.JSON(), nullable=True),
        sa.Column("effect", sa.JSON(), nullable=True),
        sa.Column("response", sa.Text(), nullable=True),
        sa.Column("notice_seq", sa.Integer(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["interview"], ["interview.id"], name=op.f("fk_turn_interview_interview")),
        sa.PrimaryKeyConstraint("interview", "seq", name=op.f("pk_turn")),
    )
    op.create_index(
        "ix_turn_pending",
        "turn",
        ["at"],
        unique=False,
        sqlite_where=sa.text("response IS NULL"),
        postgresql_where=sa.text("response IS NULL"),
    )
    op.create_index("uq_turn_client_id", "turn", ["interview", "client_id"], unique=True)


def downgrade() -> None:
    op.drop_index("uq_turn_client_id", table_name="turn")
    op.drop_index(
        "ix_turn_pending",
        table_name="turn",
        sqlite_where=sa.text("response IS NULL"),
        postgresql_where=sa.text("response IS NULL"),
    )

    op.drop_table("turn")
    op.drop_table("message")
    op.drop_table("event")
    op.drop_table("answer")
    op.drop_index("ix_access_token_interview", table_name="access_token")

    op.drop_table("access_token")
    op.drop_index("ix_interview_consultation_started_at", table_name="interview")

    op.drop_table("interview")
    op.drop_table("consultation")
    op.drop_index("ix_version_consultation", table_name="version")

    op.drop_table("version")
    op.drop_index("ix_receipt_failure_at", table_name="receipt_failure")

    op.drop_table("receipt_failure")

-- What statuses repeat of an order as it was sent, a line NAME=VALUE each, and who sent it with each notice.
ALTER TABLE accession ADD COLUMN sent_fields VARCHAR;
ALTER TABLE outbox ADD COLUMN sending_application VARCHAR;
ALTER TABLE outbox ADD COLUMN sending_facility VARCHAR;

-- Of orders that are there only who spoke of them last is known: MSH-3 and MSH-4, where these are plain names.
UPDATE accession SET sent_fields = 'MSH-3=' || SUBSTRING(order_sender FROM 1 FOR POSITION('|' IN order_sender) - 1) || '
MSH-4=' || SUBSTRING(order_sender FROM POSITION('|' IN order_sender) + 1)
    WHERE order_status IS NOT NULL AND POSITION('|' IN order_sender) > 0
        AND POSITION('^' IN order_sender) = 0 AND POSITION('\' IN order_sender) = 0;
